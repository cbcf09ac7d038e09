"""Papers asked for before there is anything to sign."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import said
from undertow.assess.worlds import say

INDICATOR = Indicator(
    name="document_request",
    version=1,
    says="A photograph of a passport or an identity card is asked for early, by message.",
    source=(
        "EMSCAD replication, flag 1: asks for personal data; ILO/EC Delphi 2009, dimension 2: confiscation of "
        "documents is what may follow"
    ),
    grade="study",
    speaks_to=frozenset({"act"}),
    family="papers",
    harmless="employers, landlords and banks must identify people too",
    sql=said("document_request"),
    given=say("document_request", "send a photo of your passport"),
    expect=[("n1", "p1", 'says "send a photo of your passport"')],
    given_harmless=say("not:document_request", "we never ask for your passport"),
)
