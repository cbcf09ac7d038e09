"""One text, many places."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import with_one_template
from undertow.assess.worlds import Post, scene

INDICATOR = Indicator(
    name="template_across_places",
    version=1,
    says="Posts in three or more places are cut from one text.",
    source="InfoShield and DeltaShield (doi 10.1145/3563040); IDTraffickers (EMNLP 2023); T-Net (AAAI 2024): radius",
    grade="study",
    speaks_to=frozenset({"act"}),
    family="spread",
    harmless="chains and franchises; VisPaD found that many places within a short time are often spam",
    sql=with_one_template("place", least=3, why="in {n} places"),
    scope="network",
    given=scene(*(Post(place=place, template="t1") for place in ("Cebu City, PH", "Davao, PH", "Manila, PH"))),
    expect=[("n1", record, "the same text stands in 3 places") for record in ("p1", "p2", "p3")],
    given_harmless=scene(*(Post(place=place, template="t1") for place in ("Cebu City, PH", "Davao, PH", ""))),
)
