"""Mass promotion."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="spam_promotion",
    version=1,
    says="The text promotes in the way of mass messages: clicks, codes, channels to join.",
    source=(
        "T-Net (AAAI 2024) and TrafficVis (VIS 2022): spam as a class of its own; messages of this kind in the public"
        " tg-spam and Philippine SMS collections"
    ),
    grade="study",
    speaks_to=frozenset(),
    family="promotion",
    harmless="recruiters promote through the same channels",
    sql=said("spam_promotion"),
    speaks_for="spam",
    given=say("spam_promotion", "click the link, join the channel"),
    expect=[("n1", "p1", 'says "click the link, join the channel"')],
    given_harmless=say("not:spam_promotion", "no spam, no links"),
)
