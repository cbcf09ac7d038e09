"""A licence that can be checked."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="licensed_agency",
    version=1,
    says="The text names a licence or a registration of the agency.",
    source=(
        "DMW of the Philippines: check the licence and the job order; ANOFM of Moldova: register of private agencies"
    ),
    grade="official",
    speaks_to=frozenset(),
    family="lawful_recruitment",
    harmless="a licence number can be invented, borrowed or expired: look it up in the register",
    sql=said("licensed_agency"),
    speaks_for="business",
    given=say("licensed_agency", "DMW licence 123-LB-010122"),
    expect=[("n1", "p1", 'says "DMW licence 123-LB-010122"')],
    given_harmless=say("not:licensed_agency", "no licence needed"),
)
