"""Two records that give one bank account or card, known by its masked value."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

EVIDENCE = Evidence(
    name="bank",
    version=1,
    says="gives",
    thing="the bank account or card {via}",
    family="money",
    strong=True,
    sql=mentioned("bank"),
    given={
        "mentions": [
            {"record_id": "m1", "kind": "bank", "value": "DE**0131", "confidence": 1.0},
            {"record_id": "m2", "kind": "bank", "value": "DE**0000", "confidence": 0.3},
        ]
    },
    expect=[("m1", "DE**0131")],
)
