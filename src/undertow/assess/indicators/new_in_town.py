"""Just arrived, or about to leave: a sign that outcomes refute."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="new_in_town",
    version=1,
    says=(
        "The text says that someone has just arrived or stays only for days. Much used as a sign; where outcomes were"
        " known, such advertisements were 70 % less likely to be of a trafficked person, so it never raises a score."
    ),
    source="JIRN 2024 (doi 10.1080/23322705.2024.2349447) and NIJ, 'Unconventional Wisdom', 2024: 70 % less likely",
    grade="outcome",
    speaks_to=frozenset(),
    family="touring",
    harmless=(
        "adults who tour announce where they are; it counts for little, since one study is one study and people are "
        "moved too"
    ),
    sql=said("new_in_town"),
    speaks_for="independent",
    given=say("new_in_town", "just arrived, here for three days"),
    expect=[("n1", "p1", 'says "just arrived, here for three days"')],
    given_harmless=say("not:new_in_town", "not new here"),
)
