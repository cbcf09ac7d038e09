"""Two records of which a person said that they are the same: joined before all else, and never a hub."""

from undertow.link.contract import SAID, Evidence

EVIDENCE = Evidence(
    name="judgement",
    version=1,
    says="belongs, a person said, to",
    thing="the pair {via}",
    family=SAID,
    strong=True,
    sql="SELECT record_id, pair AS via FROM said_same",
    given={
        "posts": [{"post_id": "p1"}, {"post_id": "p2"}, {"post_id": "p3"}],
        "said_same": [{"pair": "p1 p2", "record_id": "p1"}, {"pair": "p1 p2", "record_id": "p2"}],
    },
    expect=[("p1", "p1 p2"), ("p2", "p1 p2")],
)
