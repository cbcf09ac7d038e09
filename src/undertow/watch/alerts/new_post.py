"""A known network has records that were in no network before."""

from undertow.watch.contract import Kind

OLD = {"network_id": "n1", "record_id": "p1"}
NEW = [{"network_id": "n1", "record_id": "p2"}, {"network_id": "n1", "record_id": "p3"}]
QUIET = {"network_id": "n2", "record_id": "p4"}  # of a network that is no lead
MORE_QUIET = [{"network_id": "n2", "record_id": "p5"}]

ALERT = Kind(
    name="new_post",
    version=1,
    says="A network that was a lead has a new post, or another record that was in no network before.",
    sql="SELECT network_id AS subject, record_id AS news, record_id, '' AS words FROM newcomers",
    tells="network {subject} has {count} new records: {records}",
    quick=True,
    given_before={"network_members": [OLD, QUIET], "leads": [{"lead_id": "l1", "network_id": "n1"}]},
    given={"network_members": [OLD, *NEW, QUIET, *MORE_QUIET]},
    expect=[("n1", "network n1 has 2 new records: p2, p3")],
)
