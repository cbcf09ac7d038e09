"""People who may not leave."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="restricted_movement",
    version=1,
    says="Someone may not go out, is locked in, watched, or cut off from a phone.",
    source=(
        "ILO indicators of forced labour (2012), 3 and 4: restriction of movement, isolation; ILO/EC Delphi "
        "indicators of trafficking (2009), labour list, dimension 5 (strong)"
    ),
    grade="official",
    speaks_to=frozenset({"means"}),
    family="coercion",
    harmless="house rules, quarantine, a curfew, or a hostel that locks at night",
    sql=said("restricted_movement"),
    given=say("restricted_movement", "we are not allowed to go out"),
    expect=[("n1", "p1", 'says "we are not allowed to go out"')],
    given_harmless=say("not:restricted_movement", "you are free to go out"),
)
