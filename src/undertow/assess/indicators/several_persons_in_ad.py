"""One advertisement for several people."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="several_persons_in_ad",
    version=1,
    says="One post offers several people.",
    source="T-Net (AAAI 2024), labelling functions: persons a cluster; NEAT (ACL 2022)",
    grade="study",
    speaks_to=frozenset({"purpose"}),
    family="control",
    harmless="pairs and groups who work together by choice; firms that present their staff",
    sql=said("several_persons"),
    given=say("several_persons", "choose among five of us"),
    expect=[("n1", "p1", 'says "choose among five of us"')],
    given_harmless=say("not:several_persons", "just me, no others"),
)
