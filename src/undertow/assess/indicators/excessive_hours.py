"""Hours beyond what law and health allow."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="excessive_hours",
    version=1,
    says="The hours are far beyond the ordinary, or no day is free.",
    source=(
        "ILO indicators of forced labour (2012), 11: excessive overtime; ILO/EC Delphi indicators of trafficking "
        "(2009), labour list, dimension 4 (strong)"
    ),
    grade="official",
    speaks_to=frozenset({"purpose"}),
    family="hours",
    harmless="shops that are open round the clock; shifts told of with pride; guards and carers who sleep at work",
    sql=said("excessive_hours"),
    given=say("excessive_hours", "sixteen hours, no day off"),
    expect=[("n1", "p1", 'says "sixteen hours, no day off"')],
    given_harmless=say("warning:excessive_hours", "sixteen hours a day is against the law"),
)
