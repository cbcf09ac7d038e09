"""Papers in another's hands."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="document_retention",
    version=1,
    says="Someone other than their owner keeps identity papers.",
    source=(
        "ILO indicators of forced labour (2012), 7: retention of identity documents; ILO/EC Delphi indicators of "
        "trafficking (2009), labour list, dimension 5 (strong); FinCEN FIN-2020-A008, behavioural indicator 4"
    ),
    grade="official",
    speaks_to=frozenset({"means"}),
    family="papers",
    harmless="papers are also lost, stolen, or left with a consulate or a visa office",
    sql=said("document_retention"),
    given=say("document_retention", "the boss keeps our passports"),
    expect=[("n1", "p1", 'says "the boss keeps our passports"')],
    given_harmless=say("warning:document_retention", "no one may keep your passport"),
)
