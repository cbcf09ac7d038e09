"""A known network names a place that it did not name before."""

from undertow.watch.contract import Kind

MEMBERS = [{"network_id": "n1", "record_id": name} for name in ("p1", "p2", "p3")]

ALERT = Kind(
    name="new_place",
    version=1,
    says="A new record of a network that was a lead names a place that the network did not name before.",
    sql="""
WITH held AS (
    SELECT DISTINCT r.network_id, t.value AS value
    FROM residents AS r JOIN mentions AS t ON t.record_id = r.record_id AND t.kind = 'place'
)
SELECT n.network_id AS subject, t.value AS news, n.record_id, '' AS words
FROM newcomers AS n JOIN mentions AS t ON t.record_id = n.record_id AND t.kind = 'place'
LEFT JOIN held AS h ON h.network_id = n.network_id AND h.value = t.value
WHERE h.value IS NULL AND t.value <> ''""",
    tells="network {subject} names {count} places that it did not name before: {records}",
    quick=True,
    given_before={"network_members": MEMBERS[:1], "leads": [{"lead_id": "l1", "network_id": "n1"}]},
    given={
        "network_members": MEMBERS,
        "mentions": [
            {"record_id": "p1", "kind": "place", "value": "Riga, LV"},
            {"record_id": "p2", "kind": "place", "value": "Valencia, ES"},
            {"record_id": "p3", "kind": "place", "value": "Riga, LV"},
        ],
    },
    expect=[("n1", "network n1 names 1 places that it did not name before: p2")],
)
