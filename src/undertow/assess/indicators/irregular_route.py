"""Work to which one travels as something else."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="irregular_route",
    version=1,
    says="The way to the work avoids the lawful one: as a tourist, through a third country, with papers later.",
    source=(
        "DMW of the Philippines: not processed by the department is the first red flag; PNA case reports; ILO/EC "
        "Delphi indicators of trafficking (2009), labour list, dimension 1: deceived about documents or legal status"
    ),
    grade="official",
    speaks_to=frozenset({"act"}),
    family="route",
    harmless="some countries do let a visitor change to a work permit; travellers ask about visas for many reasons",
    sql=said("irregular_route"),
    given=say("irregular_route", "enter as a tourist first"),
    expect=[("n1", "p1", 'says "enter as a tourist first"')],
    given_harmless=say("warning:irregular_route", "do not travel as a tourist"),
)
