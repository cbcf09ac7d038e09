"""No fee is asked of workers."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="fee_free",
    version=1,
    says="The text says that a worker pays nothing.",
    source="ANOFM of Moldova: agencies may not charge workers, so a lawful one asks nothing",
    grade="official",
    speaks_to=frozenset(),
    family="lawful_recruitment",
    harmless="said in order to reassure, and followed by other charges",
    sql=said("fee_free", "not:upfront_fee"),
    speaks_for="business",
    given=say("fee_free", "no placement fee"),
    expect=[("n1", "p1", 'says "no placement fee"')],
    given_harmless=say("not:fee_free", "not free of charge"),
)
