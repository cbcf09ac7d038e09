"""A code, a card or a log-in asked for."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="verification_scam",
    version=1,
    says="The text asks the reader to verify an account, a card or their age through a link.",
    source="TrafficVis (VIS 2022): scam as a class of its own beside trafficking",
    grade="study",
    speaks_to=frozenset(),
    family="fraud",
    harmless="platforms do ask their own users to verify",
    sql=said("verification_scam"),
    speaks_for="scam",
    given=say("verification_scam", "verify your card here"),
    expect=[("n1", "p1", 'says "verify your card here"')],
    given_harmless=say("warning:verification_scam", "never verify a card by link"),
)
