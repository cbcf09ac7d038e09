"""The indicator of the same name speaks of a network of which it did not speak before."""

from undertow.watch.contract import Kind

SIGN = {"subject_kind": "network", "indicator": "reappears_elsewhere"}

ALERT = Kind(
    name="reappears_elsewhere",
    version=1,
    says="A contact of a network comes back in another place after a silence (the indicator reappears_elsewhere).",
    sql="""
SELECT s.subject_id AS subject, s.record_id AS news, s.record_id, '' AS words
FROM signals AS s
LEFT JOIN signals_before AS b ON b.indicator = s.indicator AND b.record_id = s.record_id
WHERE s.indicator = 'reappears_elsewhere' AND b.record_id IS NULL""",
    tells="network {subject} comes back in another place after a silence, in {count} records: {records}",
    given_before={"signals": [{"subject_id": "n1", "record_id": "p1", **SIGN}]},
    given={
        "signals": [
            {"subject_id": "n1", "record_id": "p1", **SIGN},
            {"subject_id": "n2", "record_id": "p2", **SIGN},
            {"subject_id": "n3", "record_id": "p3", "indicator": "debt"},
        ]
    },
    expect=[("n2", "network n2 comes back in another place after a silence, in 1 records: p2")],
)
