"""A lead is in another band than before, or comes in above the lowest."""

from undertow.watch.contract import Kind

ALERT = Kind(
    name="band_changed",
    version=1,
    says="A lead changed its band, or is new in a band other than the lowest.",
    sql="""
SELECT l.lead_id AS subject, l.band || ' ' || l.digest AS news, '' AS record_id,
       coalesce('before ' || b.band, 'new') || ', now ' || l.band AS words
FROM leads AS l LEFT JOIN leads_before AS b ON b.lead_id = l.lead_id
WHERE (b.lead_id IS NULL AND l.band <> :lowest_band) OR b.band <> l.band""",
    tells="lead {subject} has another band: {words}",
    given_before={
        "leads": [
            {"lead_id": "l1", "band": "low", "digest": "a"},
            {"lead_id": "l2", "band": "low", "digest": "a"},
        ]
    },
    given={
        "leads": [
            {"lead_id": "l1", "band": "high", "digest": "b"},
            {"lead_id": "l2", "band": "low", "digest": "b"},
            {"lead_id": "l3", "band": "low", "digest": "a"},
            {"lead_id": "l4", "band": "high", "digest": "a"},
        ]
    },
    expect=[
        ("l1", "lead l1 has another band: before low, now high"),
        ("l4", "lead l4 has another band: new, now high"),
    ],
)
