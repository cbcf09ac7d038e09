"""Records of one picture: the same file, or one that looks the same whatever way it lies or was framed.

A post shows what `pictures_shown` says: what is attached to it, what it names, and what was found at its address.

Pictures are stolen and handed on, so many pictures that are everybody's are hubs like any other value; a picture that
proves nothing (a logo, an emoji, a stock photograph) is cut by a person, as any value is.
"""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="picture",
    version=2,
    says="shows",
    thing="the picture {via}",
    family="picture",
    strong=True,
    sql="""SELECT picture_id AS record_id, same_as AS via FROM picture_matches
        UNION ALL
        SELECT s.post_id AS record_id, COALESCE(m.same_as, s.picture_id) AS via FROM pictures_shown AS s
        LEFT JOIN picture_matches AS m ON m.picture_id = s.picture_id""",
    given={
        "pictures": [{"picture_id": "i3"}],
        "picture_matches": [
            {"picture_id": "i1", "same_as": "i1"},
            {"picture_id": "i2", "same_as": "i1", "distance": 12},
        ],
        "pictures_shown": [{"post_id": "p1", "picture_id": "i2"}, {"post_id": "p2", "picture_id": "i9"}],
    },
    expect=[("i1", "i1"), ("i2", "i1"), ("p1", "i1"), ("p2", "i9")],
)
