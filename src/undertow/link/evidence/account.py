"""Records that stand under one account name of one site: its posts, its pictures, and the account itself.

The names in a WhatsApp export are those of one telephone's address book: the same name in another chat is nobody's.
"""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="account",
    version=2,
    says="stands under",
    thing="the account {via}",
    family="account",
    strong=True,
    sql=(
        "SELECT record_id, CASE WHEN site <> '' THEN lower(site) || ':' ELSE '' END || lower(trim(account)) AS via "
        "FROM ("
        "SELECT post_id AS record_id, CASE WHEN site = 'whatsapp.com' "
        "THEN site || ':' || original_id || ':' || trim(TRAILING '0123456789' FROM position) ELSE site END AS site, "
        "account FROM posts "
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
            {"post_id": "p5", "site": "whatsapp.com", "account": "Ana", "original_id": "f1", "position": "12"},
            {"post_id": "p6", "site": "whatsapp.com", "account": "Ana", "original_id": "f1", "position": "b.txt:12"},
        ],
        "accounts": [{"account_id": "a1", "site": "rooms.example", "handle": "ana"}],
    },
    expect=[
        ("a1", "rooms.example:ana"),
        ("p1", "rooms.example:ana"),
        ("p2", "other.example:ana"),
        ("p4", "ana"),
        ("p5", "whatsapp.com:f1::ana"),
        ("p6", "whatsapp.com:f1:b.txt::ana"),
    ],
)
