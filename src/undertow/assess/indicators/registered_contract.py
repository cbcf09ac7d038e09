"""A contract before departure."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="registered_contract",
    version=1,
    says="A written contract, registered or verified before departure, is promised.",
    source="ANOFM of Moldova and DMW of the Philippines: contract registered before departure",
    grade="official",
    speaks_to=frozenset(),
    family="lawful_recruitment",
    harmless="a promise of a contract costs nothing, and contracts are replaced on arrival",
    sql=said("registered_contract"),
    speaks_for="business",
    given=say("registered_contract", "contract verified before you leave"),
    expect=[("n1", "p1", 'says "contract verified before you leave"')],
    given_harmless=say("not:registered_contract", "no contract at first"),
)
