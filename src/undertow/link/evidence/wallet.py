"""Two records that give one wallet."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

EVIDENCE = Evidence(
    name="wallet",
    version=1,
    says="gives",
    thing="the wallet {via}",
    family="money",
    strong=True,
    sql=mentioned("wallet"),
    given={
        "mentions": [
            {"record_id": "p1", "kind": "wallet", "value": "bc1qexample", "detail": "BTC", "confidence": 1.0},
            {"record_id": "p2", "kind": "wallet", "value": "bc1qexamp1e", "detail": "BTC", "confidence": 0.3},
        ]
    },
    expect=[("p1", "bc1qexample")],
)
