"""Words of a firm."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="agency_words",
    version=1,
    says="The text speaks as a firm: staff, office, booking, company name.",
    source="T-Net (AAAI 2024): massage parlour as a class of its own, labelled by the words of the trade",
    grade="study",
    speaks_to=frozenset(),
    family="firm",
    harmless="a firm can be a front",
    sql=said("agency_words"),
    speaks_for="business",
    given=say("agency_words", "our office staff will book you in"),
    expect=[("n1", "p1", 'says "our office staff will book you in"')],
    given_harmless=say("not:agency_words", "not an agency"),
)
