"""Debt that work must pay off."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="debt",
    version=1,
    says="A debt or an advance is tied to the work: it is taken from the wages, or must be paid before leaving.",
    source="ILO indicators of forced labour (2012), 9: debt bondage; ILO/EC Delphi 2009, dimensions 2 and 5",
    grade="official",
    speaks_to=frozenset({"means"}),
    family="bondage",
    harmless="advances and loans from an employer are lawful in many places; a text may tell of an ordinary loan",
    sql=said("debt"),
    given=say("debt", "deducted from your salary"),
    expect=[("n1", "p1", 'says "deducted from your salary"')],
    given_harmless=say("not:debt", "nothing is deducted"),
)
