"""Two networks, or parts of two, have become one."""

from undertow.watch.contract import Kind


def _members(*networks: tuple[str, str]) -> list[dict[str, str]]:
    return [{"network_id": network, "record_id": record} for network, records in networks for record in records.split()]


ALERT = Kind(
    name="networks_met",
    version=2,
    says="Two records or more of each of two known networks are now in one network.",
    sql="""
WITH along AS (
    SELECT m.network_id, b.network_id AS from_network_id, count(*) AS records, min(m.record_id) AS record_id
    FROM network_members AS m JOIN network_members_before AS b ON b.record_id = m.record_id
    GROUP BY m.network_id, b.network_id HAVING count(*) > 1
),
met AS (SELECT network_id FROM along GROUP BY network_id HAVING count(*) > 1)
SELECT a.network_id AS subject, a.from_network_id AS news, a.record_id,
       a.from_network_id || ' (' || CAST(a.records AS varchar) || ' records)' AS words
FROM along AS a JOIN met ON met.network_id = a.network_id""",
    tells="network {subject} now holds together what was in several: {words}",
    quick=True,
    given_before={"network_members": _members(("n1", "p1 p2 p3"), ("n2", "p4 p5"), ("n3", "p6 p7"))},
    given={"network_members": _members(("n1", "p1 p2 p3 p4 p5 p9"), ("n3", "p6 p7 p8"))},
    expect=[("n1", "network n1 now holds together what was in several: n1 (3 records), n2 (2 records)")],
)
