"""Wages that are not paid."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="withheld_wages",
    version=1,
    says="Wages are not paid, paid in part, or kept by another.",
    source=(
        "ILO indicators of forced labour (2012), 8: withholding of wages; ILO/EC Delphi indicators of trafficking "
        "(2009), labour list, dimensions 4 and 5 (medium)"
    ),
    grade="official",
    speaks_to=frozenset({"means", "purpose"}),
    family="wages",
    harmless="a dispute about pay with an ordinary employer, or one who has gone bankrupt",
    sql=said("withheld_wages"),
    given=say("withheld_wages", "not paid for three months"),
    expect=[("n1", "p1", 'says "not paid for three months"')],
    given_harmless=say("not:withheld_wages", "wages are paid on time"),
)
