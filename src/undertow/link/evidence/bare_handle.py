"""Two records that give one user name without saying on which platform: weak, for short names belong to many."""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="bare_handle",
    version=2,
    says="gives",
    thing="the user name {via}, of no platform that it names",
    family="contact",
    strong=False,
    sql="SELECT record_id, substring(value, 9) AS via FROM mentions WHERE kind = 'handle' AND value LIKE 'unknown:%'",
    given={
        "mentions": [
            {"record_id": "p1", "kind": "handle", "value": "unknown:ana.rooms", "confidence": 0.4},
            {"record_id": "p2", "kind": "handle", "value": "telegram:ana", "confidence": 1.0},
        ]
    },
    expect=[("p1", "ana.rooms")],
)
