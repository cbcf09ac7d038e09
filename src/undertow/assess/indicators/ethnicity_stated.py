"""An origin put on offer. Only that one is stated counts, never which."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="ethnicity_stated",
    version=1,
    says="The origin of the person is advertised; which one plays no part, and the points are capped low.",
    source=(
        "JIRN 2024 (doi 10.1080/23322705.2024.2349447): one of four significant predictors; OSCE 2023: red flag in "
        "advertisements"
    ),
    grade="outcome",
    speaks_to=frozenset({"purpose"}),
    family="origin",
    harmless="adults describe themselves; scoring it invites bias against whole groups, hence the cap",
    sql="""
SELECT network_id AS subject_id, record_id, field, start, "end", 100 AS strength, 'an origin is stated' AS why
FROM network_cues WHERE value = 'ethnicity_stated'""",
    given=say("ethnicity_stated", "from the islands"),
    expect=[("n1", "p1", "an origin is stated")],
    given_harmless=say("not:ethnicity_stated", "any origin welcome"),
)
