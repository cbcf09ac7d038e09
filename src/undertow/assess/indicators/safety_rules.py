"""Rules for one's own safety."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="safety_rules",
    version=1,
    says="The text sets rules that protect the person who wrote it.",
    source="T-Net (AAAI 2024), labelling functions: safety words as a sign of an independent worker",
    grade="study",
    speaks_to=frozenset(),
    family="own_voice",
    harmless="rules can be copied with the rest of a text, or written by a manager",
    sql=said("safety_rules"),
    speaks_for="independent",
    given=say("safety_rules", "I screen, I decide, no means no"),
    expect=[("n1", "p1", 'says "I screen, I decide, no means no"')],
    given_harmless=say("warning:safety_rules", "their rules are not for your safety"),
)
