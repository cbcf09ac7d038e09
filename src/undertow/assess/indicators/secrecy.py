"""Told to tell no one."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="secrecy",
    version=1,
    says="Someone is told to keep a journey or an offer from family, or to lie at a border.",
    source=(
        "DMW and PNA case reports: coached to misrepresent at the border; MOGD model of grooming (Lorenzo-Dus 2016): "
        "isolation; ILO/EC Delphi indicators of trafficking (2009), labour list, dimension 5: forced to lie"
    ),
    grade="official",
    speaks_to=frozenset({"means"}),
    family="secrecy",
    harmless="surprises, gifts, private matters",
    sql=said("secrecy"),
    given=say("secrecy", "do not tell your family"),
    expect=[("n1", "p1", 'says "do not tell your family"')],
    given_harmless=say("warning:secrecy", "if they say tell no one, call us"),
)
