"""Phrases that speak to an indicator, in English, Tagalog, Spanish, Romanian and Russian.

`value` is what the phrase speaks to (`debt`, `secrecy`, ...); `not:debt` where the text says the opposite,
`warning:debt` where it warns of it. `detail` is the language of the phrase. `data/cues/` holds the phrases and the
source of each cue.
"""

from collections.abc import Iterator

from undertow.extract import phrasebook
from undertow.extract.contract import Finder, Mention, Text

_PREFIX = {"said": "", "not": "not:", "warning": "warning:"}
_CONFIDENCE = 0.8  # a guess: a phrase is read without its context


def find(text: Text) -> Iterator[Mention]:
    for said in phrasebook.scan(text.clean):
        yield Mention(_PREFIX[said.state] + said.cue, said.start, said.end, _CONFIDENCE, detail=said.language)


FINDER = Finder(
    name="cue",
    version=1,
    find=find,
    fields=frozenset({"title", "text"}),
    examples={
        "The ticket is deducted from your salary.": ["debt"],
        "There is a processing fee.": ["upfront_fee"],
        "We never ask for a processing fee.": ["not:upfront_fee"],
        "Beware: they may keep your passport.": ["warning:document_retention"],
        "Huwag mong sabihin sa pamilya mo": ["secrecy"],
        "El billete se descuenta del sueldo": ["debt"],
        "Patronul ține pașaportul.": ["document_retention"],
        "Паспорт у начальника, выходить нельзя": ["document_retention", "restricted_movement"],
        "A green bicycle for sale near the park": ["spam_promotion"],
        "The cat sleeps on the chair.": [],
    },
)
