"""What a finder is: one kind of value, found in one text, with spans that point into the text as received."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

EXAMPLE_KEY = b"examples"  # the key that the examples of finders are read with


class Text(NamedTuple):
    """One text of one record, as a finder sees it; a tuple, as is a mention, because millions are made.

    `clean` is what finders search: `received` with digits of every script, full-width and styled letters folded to
    plain ones and invisible characters taken out; case and line breaks are kept. `spots[i]` is the position in
    `received` of `clean[i]` (None: the two have equal positions). `country` is an ISO 3166 alpha-2 code, or None where
    neither the record nor the workspace says; `key` keys the digests of values that may only be stored masked.
    `field` is the column that the text stands in: what stands in `price_text` is a price, in `place_text` a place.
    `figures` are the places of figures in `clean` where the caller knows them; `text.figures_of` says them always.
    """

    received: str
    clean: str
    spots: Sequence[int] | None = None
    country: str | None = None
    language: str = ""
    key: bytes = b""
    field: str = "text"
    figures: Sequence[tuple[int, int]] | None = None


class Mention(NamedTuple):
    """One value found in one text.

    A finder gives `value`, `start`, `end` (positions in `Text.clean`), `confidence` (0 to 1), and where useful `kind`
    (the finder's name if empty) and `detail`. The caller turns the span into one of the text as received and fills
    `kind` and `original`; a finder sets `original` itself only to mask it.
    """

    value: str
    start: int
    end: int
    confidence: float = 1.0
    kind: str = ""
    detail: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """A finder of one kind of value, in one file that ends in this constant.

    `trigger` is an RE2 pattern that matches every text (`Text.clean`, any case) in which `find` could find anything:
    texts without it are never shown to `find`. It is what keeps careful Python affordable on millions of texts; empty:
    every text is shown. Write `*` in it rather than `{0,16}`: counted repetitions cost RE2 its fast path (64 us a text
    where 2 were enough). `examples` maps a text to the values it holds: at least one hit and one miss.
    `fields` are the columns of a record it reads, where not all; in those of `always` the trigger is not asked.
    """

    name: str
    version: int
    find: Callable[[Text], Iterator[Mention]]
    examples: Mapping[str, Sequence[str]]
    trigger: str = ""
    fields: frozenset[str] = field(default_factory=frozenset)
    always: frozenset[str] = field(default_factory=frozenset)
    country: str | None = None  # the country that the examples are read with
