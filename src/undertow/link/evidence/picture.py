"""Records of one picture: the same file, or one that looks the same whatever way it lies or was framed.

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
    sql="SELECT picture_id AS record_id, same_as AS via FROM picture_matches",
    given={
        "pictures": [{"picture_id": "i3"}],
        "picture_matches": [
            {"picture_id": "i1", "same_as": "i1"},
            {"picture_id": "i2", "same_as": "i1", "distance": 12},
        ],
    },
    expect=[("i1", "i1"), ("i2", "i1")],
)
