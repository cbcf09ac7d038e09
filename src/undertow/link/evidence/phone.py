"""Two records that give one telephone number."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

EVIDENCE = Evidence(
    name="phone",
    version=1,
    says="gives",
    thing="the phone {via}",
    family="contact",
    strong=True,
    sql=mentioned("phone"),
    given={
        "mentions": [
            {"record_id": "p1", "kind": "phone", "value": "+12025550123", "detail": "US obscured=2", "confidence": 0.9},
            {"record_id": "p1", "kind": "phone", "value": "+12025550123", "start": 40, "confidence": 1.0},
            {"record_id": "p2", "kind": "phone", "value": "555 01", "confidence": 0.2},
            {"record_id": "p3", "kind": "email", "value": "ana@mail.example", "confidence": 1.0},
        ]
    },
    expect=[("p1", "+12025550123")],
)
