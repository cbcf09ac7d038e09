"""Accounts used from one device."""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="device",
    version=1,
    says="uses",
    thing="the device {via}",
    family="device",
    strong=True,
    sql="SELECT account_id AS record_id, trim(device) AS via FROM accounts",
    given={"accounts": [{"account_id": "a1", "device": "d-17"}, {"account_id": "a2"}]},
    expect=[("a1", "d-17")],
)
