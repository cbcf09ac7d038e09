"""Two records that link to one page; short links too, since one of them leads to one page."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

EVIDENCE = Evidence(
    name="url",
    version=1,
    says="links to",
    thing="{via}",
    family="web",
    strong=False,
    sql=mentioned("url"),
    given={
        "mentions": [
            {"record_id": "p1", "kind": "url", "value": "https://stay.example/rooms", "confidence": 1.0},
            {"record_id": "p2", "kind": "url", "value": "https://bit.ly/x1", "detail": "shortener", "confidence": 1.0},
            {"record_id": "p3", "kind": "url", "value": "stay example", "confidence": 0.2},
        ]
    },
    expect=[("p1", "https://stay.example/rooms"), ("p2", "https://bit.ly/x1")],
)
