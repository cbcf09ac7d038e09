"""A picture is on a hash list on which it was not found before."""

from undertow.watch.contract import Kind

HIT = {"picture_id": "i2", "list_id": "partner-list", "state": "open"}

ALERT = Kind(
    name="hash_list_hit",
    version=1,
    says="A picture was found on a hash list on which it was not found before; what is held or outweighed is not told.",
    sql="""
SELECT h.picture_id AS subject, h.hit_id AS news, h.picture_id AS record_id, h.list_id AS words
FROM list_hits AS h LEFT JOIN list_hits_before AS b ON b.hit_id = h.hit_id AND b.state = 'open'
WHERE h.state = 'open' AND b.hit_id IS NULL""",
    tells="picture {subject} has {count} new hits on hash lists ({words}): a lead for a person, no verdict",
    quick=True,
    given_before={"list_hits": [{"hit_id": "h1", "picture_id": "i1", "list_id": "partner-list", "state": "open"}]},
    given={
        "list_hits": [
            {"hit_id": "h1", "picture_id": "i1", "list_id": "partner-list", "state": "open"},
            {"hit_id": "h2", **HIT},
            {"hit_id": "h3", **HIT, "state": "held"},
            {"hit_id": "h4", **HIT, "state": "outweighed"},
        ],
    },
    expect=[("i2", "picture i2 has 1 new hits on hash lists (partner-list): a lead for a person, no verdict")],
)
