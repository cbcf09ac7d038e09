"""Another person speaks and decides."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="third_party_control",
    version=1,
    says="Someone else answers, sets prices or times, or speaks for the person in the post.",
    source=(
        "FinCEN FIN-2020-A008, behavioural indicator 1; T-Net (AAAI 2024), labelling functions on third-person and "
        "plural pronouns"
    ),
    grade="official",
    speaks_to=frozenset({"means"}),
    family="control",
    harmless="agencies, receptionists, friends who help with a language, parents of performers",
    sql=said("third_party_control"),
    given=say("third_party_control", "call the manager, she will come"),
    expect=[("n1", "p1", 'says "call the manager, she will come"')],
    given_harmless=say("not:third_party_control", "no manager, I answer myself"),
)
