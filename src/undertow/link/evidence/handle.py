"""Two records that give one user name on a named platform, or that stand on that platform under that name."""

from undertow.link.contract import Evidence
from undertow.link.selectors import mentioned

_NAMED = mentioned("handle", "value NOT LIKE 'unknown:%'")

EVIDENCE = Evidence(
    name="handle",
    version=1,
    says="gives",
    thing="the handle {via}",
    family="contact",
    strong=True,
    sql=(
        f"WITH named AS ({_NAMED}), "
        "own AS (SELECT post_id AS record_id, lower(site) || ':' || lower(account) AS via FROM posts "
        "UNION ALL SELECT account_id AS record_id, lower(site) || ':' || lower(handle) AS via FROM accounts) "
        "SELECT record_id, via FROM named "
        "UNION ALL SELECT record_id, via FROM own WHERE via IN (SELECT via FROM named)"
    ),
    given={
        "posts": [
            {"post_id": "p3", "site": "Telegram", "account": "Ana"},
            {"post_id": "p4", "site": "telegram", "account": "ben"},
        ],
        "mentions": [
            {"record_id": "p1", "kind": "handle", "value": "telegram:ana", "confidence": 1.0},
            {"record_id": "p2", "kind": "handle", "value": "unknown:ana", "confidence": 0.4},
        ],
    },
    expect=[("p1", "telegram:ana"), ("p3", "telegram:ana")],
)
