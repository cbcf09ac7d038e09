"""Messages of one chat between two people, exported from a telephone; in a larger group members may be strangers."""

from undertow.link.contract import Evidence

_CHATS = (
    "SELECT post_id AS record_id, account, original_id || ':' || trim(TRAILING '0123456789' FROM position) AS via "
    "FROM posts WHERE site = 'whatsapp.com' AND trim(account) <> ''"
)

EVIDENCE = Evidence(
    name="chat",
    version=1,
    says="is written in",
    thing="the chat {via}",
    family="account",
    strong=True,
    sql=(
        f"SELECT c.record_id AS record_id, c.via AS via FROM ({_CHATS}) AS c JOIN ("
        f"SELECT via FROM ({_CHATS}) AS m GROUP BY via HAVING count(DISTINCT lower(trim(account))) <= 2"
        ") AS small ON small.via = c.via"
    ),
    given={
        "posts": [
            {"post_id": "p1", "site": "whatsapp.com", "account": "Ana", "original_id": "f1", "position": "1"},
            {"post_id": "p2", "site": "whatsapp.com", "account": "Ben", "original_id": "f1", "position": "2"},
            {"post_id": "p3", "site": "whatsapp.com", "account": "Ana", "original_id": "f2", "position": "1"},
            {"post_id": "p4", "site": "whatsapp.com", "account": "Ben", "original_id": "f2", "position": "2"},
            {"post_id": "p5", "site": "whatsapp.com", "account": "Cleo", "original_id": "f2", "position": "3"},
            {"post_id": "p6", "site": "rooms.example", "account": "Ana", "original_id": "f1", "position": "9"},
        ],
    },
    expect=[("p1", "f1:"), ("p2", "f1:")],
)
