"""Workers who must pay to be hired."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="upfront_fee",
    version=1,
    says="A worker must pay before the work begins: for processing, placement, training or papers.",
    source=(
        "Moldova: agencies may not charge workers (ANOFM rules); PNA case reports (Philippines): handlers were paid "
        "40,000 PHP; FinCEN FIN-2020-A008: recruitment fees"
    ),
    grade="official",
    speaks_to=frozenset({"act", "means"}),
    family="fee",
    harmless="a few countries and trades allow some fees; the text may ask a client, not a worker, to pay",
    sql=said("upfront_fee"),
    given=say("upfront_fee", "a processing fee of 5,000 before you fly"),
    expect=[("n1", "p1", 'says "a processing fee of 5,000 before you fly"')],
    given_harmless=say("not:upfront_fee", "no placement fee"),
)
