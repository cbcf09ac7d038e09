"""Records that stand under one account name of one site: its posts, its pictures, and the account itself."""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="account",
    version=1,
    says="stands under",
    thing="the account {via}",
    family="account",
    strong=True,
    sql=(
        "SELECT record_id, CASE WHEN site <> '' THEN lower(site) || ':' ELSE '' END || lower(trim(account)) AS via "
        "FROM ("
        "SELECT post_id AS record_id, site, account FROM posts "
        "UNION ALL SELECT account_id AS record_id, site, handle AS account FROM accounts "
        "UNION ALL SELECT picture_id AS record_id, site, account FROM pictures"
        ") AS named WHERE trim(account) <> ''"
    ),
    given={
        "posts": [
            {"post_id": "p1", "site": "rooms.example", "account": "Ana "},
            {"post_id": "p2", "site": "other.example", "account": "ana"},
            {"post_id": "p3", "site": "rooms.example"},
            {"post_id": "p4", "account": "Ana"},
        ],
        "accounts": [{"account_id": "a1", "site": "rooms.example", "handle": "ana"}],
    },
    expect=[("a1", "rooms.example:ana"), ("p1", "rooms.example:ana"), ("p2", "other.example:ana"), ("p4", "ana")],
)
