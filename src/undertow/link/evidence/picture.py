"""Records of one picture: the same file, or one that looks the same whatever way it lies or was framed.

A post shows a picture where the picture's record names the post's address.

Pictures are stolen and handed on, so many pictures that are everybody's are hubs like any other value; a picture that
proves nothing (a logo, an emoji, a stock photograph) is cut by a person, as any value is.
"""

from undertow.link.contract import Evidence

EVIDENCE = Evidence(
    name="picture",
    version=1,
    says="shows",
    thing="the picture {via}",
    family="picture",
    strong=True,
    sql="""SELECT picture_id AS record_id, same_as AS via FROM picture_matches
        UNION ALL
        SELECT p.post_id AS record_id, m.same_as AS via FROM picture_matches AS m
        JOIN pictures AS i ON i.picture_id = m.picture_id
        JOIN posts AS p ON p.url = i.post WHERE i.post <> ''""",
    given={
        "posts": [{"post_id": "p1", "url": "https://ads.example/1"}, {"post_id": "p2", "url": ""}],
        "pictures": [{"picture_id": "i2", "post": "https://ads.example/1"}, {"picture_id": "i3", "post": ""}],
        "picture_matches": [
            {"picture_id": "i1", "same_as": "i1"},
            {"picture_id": "i2", "same_as": "i1", "distance": 12},
        ],
    },
    expect=[("i1", "i1"), ("i2", "i1"), ("p1", "i1")],
)
