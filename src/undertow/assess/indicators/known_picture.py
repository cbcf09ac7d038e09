"""A picture that stands on a hash list which a person switched on."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

HIT = {"hit_id": "h1", "picture_id": "i1", "list_id": "partner", "algorithm": "pdq", "distance": 12}
SHOWN = [{"post_id": "p1", "picture_id": "i1", "because": "attached"}]

INDICATOR = Indicator(
    name="known_picture",
    version=1,
    says="A picture stands on a hash list that somebody else keeps.",
    source="IWF, annual reports 2020 and 2021: its hash list; Lantern (Tech Coalition, 2023): a match is to be checked",
    grade="official",
    speaks_to=frozenset({"act", "means", "purpose"}),
    family="incident",
    harmless="pictures are stolen and handed on, hashes of different pictures can meet, and lists hold errors",
    sql="""
SELECT m.network_id AS subject_id, m.record_id, '' AS field, 0 AS start, 0 AS "end", 100 AS strength,
       'the picture ' || h.picture_id || ' is on the list ' || h.list_id || ' (hit ' || h.hit_id || '): '
       || CASE WHEN h.algorithm = 'pdq' THEN CAST(h.distance AS varchar) || ' of 256 bits differ'
               ELSE 'the ' || h.algorithm || ' is the same' END
       || CASE WHEN h.orientation <> '' THEN ', ' || h.orientation ELSE '' END AS why
FROM (
    SELECT picture_id AS record_id, picture_id FROM list_hits
    UNION
    SELECT post_id AS record_id, picture_id FROM pictures_shown
) AS of_record
JOIN network_members AS m ON m.record_id = of_record.record_id
JOIN list_hits AS h ON h.picture_id = of_record.picture_id
WHERE h.state = 'open'
  AND NOT EXISTS (SELECT 1 FROM hits_answered AS a WHERE a.hit_id = h.hit_id AND a.answer = 'reject')""",
    scope="network",
    given=scene(
        Post(), list_hits=[HIT | {"state": "open", "orientation": "mirrored"}], pictures_shown=SHOWN, hits_answered=[]
    ),
    expect=[("n1", "p1", "the picture i1 is on the list partner (hit h1): 12 of 256 bits differ, mirrored")],
    given_harmless=scene(
        Post(),
        list_hits=[
            HIT | {"state": "open", "orientation": ""},
            HIT | {"hit_id": "h2", "state": "outweighed", "orientation": ""},
        ],
        pictures_shown=SHOWN,
        hits_answered=[{"hit_id": "h1", "answer": "reject"}],
    ),
)
