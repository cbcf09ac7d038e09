"""A known network has come to a site where it was not before."""

from undertow.watch.contract import Kind

MEMBERS = [{"network_id": "n1", "record_id": name} for name in ("p1", "p2", "p3")]

ALERT = Kind(
    name="new_site",
    version=1,
    says="A new record of a network that was a lead is on a site where the network was not before.",
    sql="""
WITH held AS (
    SELECT DISTINCT r.network_id, t.site AS value
    FROM residents AS r JOIN posts AS t ON t.post_id = r.record_id
)
SELECT n.network_id AS subject, t.site AS news, n.record_id, '' AS words
FROM newcomers AS n JOIN posts AS t ON t.post_id = n.record_id
LEFT JOIN held AS h ON h.network_id = n.network_id AND h.value = t.site
WHERE h.value IS NULL AND t.site <> ''""",
    tells="network {subject} is on {count} sites where it was not before: {records}",
    quick=True,
    given_before={"network_members": MEMBERS[:1], "leads": [{"lead_id": "l1", "network_id": "n1"}]},
    given={
        "network_members": MEMBERS,
        "posts": [
            {"post_id": "p1", "site": "one.example"},
            {"post_id": "p2", "site": "one.example"},
            {"post_id": "p3", "site": "two.example"},
        ],
    },
    expect=[("n1", "network n1 is on 1 sites where it was not before: p3")],
)
