"""Office work in a place known for forced online fraud."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="scam_compound_offer",
    version=1,
    says="Well-paid online, casino or customer service work is offered where people are held to commit online fraud.",
    source=(
        "UNODC key indicators on trafficking for forced criminality: lured by offers of IT and HR work in casinos and"
        " gambling"
    ),
    grade="official",
    speaks_to=frozenset({"act", "purpose"}),
    family="compound",
    harmless="casinos, call centres and online firms hire lawfully in the same towns",
    sql=said("scam_compound_offer"),
    given=say("scam_compound_offer", "customer service, typing only, near the border casino"),
    expect=[("n1", "p1", 'says "customer service, typing only, near the border casino"')],
    given_harmless=say("warning:scam_compound_offer", "customer service near the border casino is a trap"),
)
