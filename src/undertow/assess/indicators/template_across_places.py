"""One text, many places."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import with_one_template
from undertow.assess.worlds import Post, scene

PLACES = ("Cebu City, PH", "Davao, PH", "Manila, PH")

# Posts whose text is not one account's alone: mirrors do not name the account of what they copy.
OF_SEVERAL = """
(SELECT p.* FROM network_posts AS p
 JOIN (SELECT network_id, template_id FROM network_posts GROUP BY network_id, template_id
       HAVING count(DISTINCT CASE WHEN alias <> '' THEN alias END) <> 1) AS several
 ON several.network_id = p.network_id AND several.template_id = p.template_id) AS posts_of_several"""

INDICATOR = Indicator(
    name="template_across_places",
    version=2,
    says="Posts in three or more places are cut from one text, by several accounts or by none that is known.",
    source="InfoShield and DeltaShield (doi 10.1145/3563040); IDTraffickers (EMNLP 2023); T-Net (AAAI 2024): radius",
    grade="study",
    speaks_to=frozenset({"act"}),
    family="spread",
    harmless="chains and franchises; VisPaD found that many places within a short time are often spam",
    sql=with_one_template("place", least=3, why="in {n} places", posts=OF_SEVERAL),
    scope="network",
    given=scene(*(Post(account=f"ana{n % 2}", place=place, template="t1") for n, place in enumerate(PLACES))),
    expect=[("n1", record, "the same text stands in 3 places") for record in ("p1", "p2", "p3")],
    given_harmless=scene(
        *(Post(account="ana", place=place, template="t1") for place in PLACES[1:]), Post(place=PLACES[0], template="t1")
    ),
)
