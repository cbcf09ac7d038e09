"""Somebody in the middle."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="broker_present",
    version=1,
    says="Parts of the network meet only through one contact: somebody stands in the middle.",
    source="brokers in criminal networks (betweenness; Morselli 2009), a practice of analysts; no outcomes known",
    grade="lore",
    speaks_to=frozenset({"means"}),
    family="structure",
    harmless="a shared taxi, host or helper stands in the middle too, and so does a wrongly read number",
    sql="""
WITH placed AS (
    SELECT c.network_id, c.kind, c.value, min(c.record_id) AS record_id FROM network_contacts AS c
    JOIN brokers AS b ON b.network_id = c.network_id AND b.node_kind = c.kind AND b.node = c.value
    GROUP BY c.network_id, c.kind, c.value
)
SELECT b.network_id AS subject_id, coalesce(c.record_id, '') AS record_id, coalesce(c.field, '') AS field,
       coalesce(c.start, 0) AS start, coalesce(c."end", 0) AS "end", 100 AS strength,
       'without ' || b.node || ' the network falls into ' || CAST(b.parts AS varchar) || ' parts' AS why
FROM brokers AS b
LEFT JOIN placed AS p ON p.network_id = b.network_id AND p.kind = b.node_kind AND p.value = b.node
LEFT JOIN network_contacts AS c
    ON c.network_id = p.network_id AND c.kind = p.kind AND c.value = p.value AND c.record_id = p.record_id
WHERE b.parts >= 2""",
    scope="network",
    given=scene(
        Post(contacts=NUMBER),
        Post(contacts=[("email", "cora@mail.example")]),
        brokers=[{"network_id": "n1", "node_kind": "phone", "node": "+12025550123", "score": 1, "parts": 2}],
    ),
    expect=[("n1", "p1", "without +12025550123 the network falls into 2 parts")],
    given_harmless=scene(
        Post(contacts=NUMBER),
        brokers=[{"network_id": "n1", "node_kind": "phone", "node": "+12025550123", "score": 0, "parts": 1}],
    ),
)
