"""Words that make someone young."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="youth_language",
    version=1,
    says="Words suggest that the person offered is young.",
    source=(
        "JIRN 2024 (doi 10.1080/23322705.2024.2349447): one of four significant predictors, while a stated age under "
        "23 was not; NIJ, 'Unconventional Wisdom', 2024"
    ),
    grade="outcome",
    speaks_to=frozenset({"purpose"}),
    family="self_presentation",
    harmless=(
        "adults present themselves as younger; student jobs and au pairs; one study, whose authors ask for replication"
    ),
    sql=said("youth_language"),
    given=say("youth_language", "young student"),
    expect=[("n1", "p1", 'says "young student"')],
    given_harmless=say("not:youth_language", "mature, no students"),
)
