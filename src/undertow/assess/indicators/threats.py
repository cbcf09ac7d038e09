"""Threats, and penalties for leaving."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="threats",
    version=1,
    says="Harm, the authorities or a fine are held out to those who would leave or refuse.",
    source=(
        "ILO indicators of forced labour (2012), 6: intimidation and threats; ILO/EC Delphi indicators of trafficking"
        " (2009), labour list, dimensions 2 and 5"
    ),
    grade="official",
    speaks_to=frozenset({"means"}),
    family="coercion",
    harmless="terms of a lawful contract (notice, return of a bonus), or a quarrel without any hold over the other",
    sql=said("threats"),
    given=say("threats", "who leaves will be reported"),
    expect=[("n1", "p1", 'says "who leaves will be reported"')],
    given_harmless=say("warning:threats", "nobody may threaten to report you"),
)
