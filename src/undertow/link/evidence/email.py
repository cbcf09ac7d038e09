"""Two records that give one e-mail address."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

EVIDENCE = Evidence(
    name="email",
    version=1,
    says="gives",
    thing="the e-mail address {via}",
    family="contact",
    strong=True,
    sql=mentioned("email"),
    given={
        "mentions": [
            {"record_id": "p1", "kind": "email", "value": "ana@mail.example", "confidence": 1.0},
            {"record_id": "p2", "kind": "email", "value": "ana@@", "confidence": 0.1},
            {"record_id": "p3", "kind": "domain", "value": "mail.example", "confidence": 1.0},
        ]
    },
    expect=[("p1", "ana@mail.example")],
)
