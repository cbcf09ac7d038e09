"""A prize that nobody entered for."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="prize_scam",
    version=1,
    says="The text announces a prize, a bonus or a gift to be claimed.",
    source=(
        "TrafficVis (VIS 2022): scam as a class of its own beside trafficking; messages of this kind in the public "
        "tg-spam and Philippine SMS collections"
    ),
    grade="study",
    speaks_to=frozenset(),
    family="fraud",
    harmless="shops do run raffles",
    sql=said("prize_scam"),
    speaks_for="scam",
    given=say("prize_scam", "you have won, claim now"),
    expect=[("n1", "p1", 'says "you have won, claim now"')],
    given_harmless=say("warning:prize_scam", "messages that you have won are fraud"),
)
