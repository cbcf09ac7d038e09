"""Assurances that one can be trusted."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="assurance_of_trust",
    version=1,
    says="The text assures that it is real, safe, discreet or honest.",
    source=(
        "JIRN 2024 (doi 10.1080/23322705.2024.2349447), 1,263 advertisements with known outcome: one of four "
        "significant predictors; NIJ, 'Unconventional Wisdom', 2024"
    ),
    grade="outcome",
    speaks_to=frozenset({"act"}),
    family="self_presentation",
    harmless="honest sellers say so as well; one study, whose authors ask for replication",
    sql=said("assurance_of_trust"),
    given=say("assurance_of_trust", "100 % real, no scam"),
    expect=[("n1", "p1", 'says "100 % real, no scam"')],
    given_harmless=say("warning:assurance_of_trust", "beware of those who promise to be real"),
)
