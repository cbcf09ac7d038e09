"""A known network uses a phone, address, handle or other selector that it did not use before."""

from undertow.tables import SELECTORS
from undertow.watch.contract import Kind

MEMBERS = [{"network_id": "n1", "record_id": name} for name in ("p1", "p2", "p3")]

ALERT = Kind(
    name="new_selector",
    version=1,
    says="A new record of a network that was a lead holds a selector that no record of it held before.",
    sql=f"""
WITH held AS (
    SELECT DISTINCT r.network_id, t.kind || ' ' || t.value AS value
    FROM residents AS r JOIN mentions AS t ON t.record_id = r.record_id AND t.kind IN {SELECTORS}
)
SELECT n.network_id AS subject, t.kind || ' ' || t.value AS news, n.record_id, '' AS words
FROM newcomers AS n JOIN mentions AS t ON t.record_id = n.record_id AND t.kind IN {SELECTORS}
LEFT JOIN held AS h ON h.network_id = n.network_id AND h.value = t.kind || ' ' || t.value
WHERE h.value IS NULL AND t.value <> ''""",
    tells="network {subject} has {count} selectors that it did not have before: {records}",
    quick=True,
    given_before={"network_members": MEMBERS[:1], "leads": [{"lead_id": "l1", "network_id": "n1"}]},
    given={
        "network_members": MEMBERS,
        "mentions": [
            {"record_id": "p1", "kind": "phone", "value": "+12025550123"},
            {"record_id": "p2", "kind": "phone", "value": "+12025550123"},
            {"record_id": "p3", "kind": "phone", "value": "+12025550199"},
            {"record_id": "p3", "kind": "price", "value": "30"},
        ],
    },
    expect=[("n1", "network n1 has 1 selectors that it did not have before: p3")],
)
