"""Two records that name one site; finders give none for platforms and short links."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

EVIDENCE = Evidence(
    name="domain",
    version=1,
    says="names",
    thing="the site {via}",
    family="web",
    strong=False,
    sql=mentioned("domain"),
    given={
        "mentions": [
            {"record_id": "p1", "kind": "domain", "value": "stay.example", "confidence": 1.0},
            {"record_id": "p2", "kind": "domain", "value": "stay.examp1e", "confidence": 0.2},
        ]
    },
    expect=[("p1", "stay.example")],
)
