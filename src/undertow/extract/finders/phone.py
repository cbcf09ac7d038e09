"""Telephone numbers of any country, however they are spaced, spelled or disguised.

`value` is E.164 ("+12025550143"); digits alone where no country could be told, or the number is not a valid one: then
the confidence is below 0.5 and nothing should be tied by it. `detail` is the country (ISO 3166), and "obscured=N" where
the number is disguised in N ways: digits in words, letters for digits, digits in another dress, odd separators or one
digit at a time. Confidence: .99 written with its country code; .9 valid in the country that the record speaks of (.8
as bare digits without a word such as "call"); .6 a country's code without "+"; .5 the North American shape without a
country; .4 and less kept, not believed.
"""

from collections.abc import Iterator

from undertow.extract import lookalike, numberwords, phoneparts, phonewindows
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.text import figures_in, figures_of

WORD, INSIDE, MARK = (
    numberwords.pattern(),
    numberwords.any_of(numberwords.inside()),
    numberwords.any_of(numberwords.between()),
)
TRIGGER = "|".join(
    (
        "[0-9](?:[^0-9a-z]*[0-9oli|]){3}",
        rf"{WORD}[^\pL0-9]*(?:{WORD}|{MARK}|[0-9])",
        rf"[0-9][^0-9a-z]*(?:{WORD}|{MARK}|{INSIDE}[^\pL0-9]*[0-9])",
        rf"{WORD}[^\pL0-9]*{INSIDE}[^\pL0-9]*(?:{WORD}|[0-9])",
    )
)
FIELDS = frozenset(
    {"title", "text", "place_text", "price_text", "account", "name", "handle", "phone", "payer", "payee", "traveller"}
)


def find(text: Text) -> Iterator[Mention]:
    lowered = lookalike.lowered(text.clean)
    figures = figures_of(text) if lowered.isascii() else figures_in(lowered)
    windows = [(first, lowered[first:last]) for first, last in phonewindows.spans(lowered, figures)]
    read = [(first, window, *phonewindows.read(window, text.country)) for first, window in windows]
    given = [one for first, _, parts, _ in read for one in phoneparts.mentions(parts, first, lowered, text)]
    if any(spoken for _, _, _, spoken in read):
        for first, window in windows:
            for parts in phonewindows.read_loosely(window, text.country):
                given += _second_try(phoneparts.mentions(parts, first, lowered, text), given)
    yield from given


def _second_try(more: list[Mention], given: list[Mention]) -> list[Mention]:
    sure = [one for one in given if one.confidence >= 0.5]
    better = [new for new in more if new.confidence >= 0.5 and not any(_meet(new, one) for one in sure)]
    for new in better:
        given[:] = [one for one in given if not _meet(one, new)]
    return better


def _meet(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


FINDER = Finder(
    name="phone",
    version=2,
    find=find,
    trigger=TRIGGER,
    fields=FIELDS,
    country="GB",
    examples={
        "Call +1 (202) 555-0143 or 020 7946 0018": ["+12025550143", "+442079460018"],
        "text me at 077zero0nine double0 one23": ["+447700900123"],
        "07700 then 900 then 123 or [0][2][0][7][9][4][6][0][0][1][8]": ["+442079460018", "+447700900123"],
        "Order 12345, 2 for 1, 14/02/2026, £1,200": [],
    },
)
