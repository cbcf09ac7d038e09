"""Accounts used from one internet address: weak, for a house, a hotel or a whole provider can stand behind it."""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="ip",
    version=1,
    says="uses",
    thing="the IP address {via}",
    family="device",
    strong=False,
    sql="SELECT account_id AS record_id, trim(ip) AS via FROM accounts",
    given={"accounts": [{"account_id": "a1", "ip": "192.0.2.7"}, {"account_id": "a2"}]},
    expect=[("a1", "192.0.2.7")],
)
