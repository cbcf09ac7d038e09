"""One text, many accounts."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import with_one_template
from undertow.assess.worlds import Post, scene

INDICATOR = Indicator(
    name="template_across_accounts",
    version=2,
    says="Posts of three or more accounts are cut from one text.",
    source="InfoShield and DeltaShield (doi 10.1145/3563040): 84 % precision of such groups, by experts' labels",
    grade="study",
    speaks_to=frozenset({"means"}),
    family="spread",
    harmless="spam, agencies, spas and people who copy a text that works share templates; a template is not guilt",
    sql=with_one_template("alias", least=3, why="in the posts of {n} accounts"),
    scope="network",
    given=scene(*(Post(account=name, template="t1") for name in ("ana", "ben", "cora"))),
    expect=[("n1", record, "the same text stands in the posts of 3 accounts") for record in ("p1", "p2", "p3")],
    given_harmless=scene(*(Post(account=name, template="t1") for name in ("ana", "ben", "ana", ""))),
)
