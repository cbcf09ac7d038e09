"""Returns too sure to be true."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="investment_scam",
    version=1,
    says="The text promises returns on money, coins or tasks.",
    source=(
        "TrafficVis (VIS 2022): scam as a class of its own beside trafficking; messages of this kind in the public "
        "tg-spam and Philippine SMS collections"
    ),
    grade="study",
    speaks_to=frozenset(),
    family="fraud",
    harmless="the people who write such texts may themselves be held in a compound and forced to",
    sql=said("investment_scam"),
    speaks_for="scam",
    given=say("investment_scam", "double your coins in a day"),
    expect=[("n1", "p1", 'says "double your coins in a day"')],
    given_harmless=say("warning:investment_scam", "nobody doubles your coins"),
)
