"""Runs every finder over texts and says what they found, once, in places of the text as received."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from undertow import plugins
from undertow.errors import PluginError
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml
from undertow.extract.text import SPECIAL, clean, figures, span

FOLDER = "undertow.extract.finders"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a text besides its letters; see `undertow.extract.contract.Text`."""

    country: str | None = None
    language: str = ""
    key: bytes = b""
    field: str = "text"


class Found(NamedTuple):
    """A mention with its span in the text as received, and the finder that gave it; or, without a kind, its error.

    A tuple rather than a dataclass: millions are made, and five fields of it are its order.
    """

    start: int
    kind: str
    value: str
    end: int
    finder: Finder
    confidence: float = 0.0
    detail: str = ""
    original: str = ""
    error: Exception | None = None


_ORDER = itemgetter(0, 1, 2, 3)


def find(text: str, country: str | None = None, *, key: bytes = b"") -> list[Mention]:
    """Everything that the finders see in one text, sorted by start, kind and value.

    `country` (ISO 3166 alpha-2) reads national phone numbers and ambiguous prices and dates; with the `key` of a
    workspace masked values are those of its mentions. Every finder sees the text: compiling the triggers for one text
    takes longer. A finder that fails raises `PluginError` with its name.
    """
    plain, spots = clean(text)
    shown = Text(text, plain, spots, country.upper() if country else None, key=key)
    found = _together([some for finder in finders() if (some := _found_by(finder, shown))])
    for one in found:
        if one.error is not None:
            raise PluginError(
                f"the finder {one.finder.name} failed: {one.value}", hint="report it with the text it failed on"
            ) from one.error
    return [Mention(one.value, one.start, one.end, one.confidence, one.kind, one.detail, one.original) for one in found]


@cache
def finders(field: str = "") -> tuple[Finder, ...]:
    """The finders that read a column of a record, by name; all of them where no column is named."""
    every = plugins.load(FOLDER, Finder).values()
    return tuple(finder for finder in every if not field or not finder.fields or field in finder.fields)


def read(texts: Sequence[str], contexts: Sequence[Context], using: Iterable[Finder]) -> list[list[Found]]:
    """What `using` find in each text, sorted; triggers are tried on all texts at once, before any finder sees one.

    Texts of one field stand together.
    """
    cleaned = _clean(texts)
    column = pa.array([plain for plain, _ in cleaned], pa.large_string())
    digits = figures([plain for plain, _ in cleaned])
    every = [
        Text(received, plain, spots, about.country, about.language, about.key, about.field, some)
        for received, (plain, spots), about, some in zip(texts, cleaned, contexts, digits, strict=True)
    ]
    fields = _fields(contexts)
    results: list[list[list[Found]]] = [[] for _ in texts]
    for finder in using:  # one after the other: the memory near the processor holds what one finder needs
        for number in _shown(finder, column, fields):
            if found := _found_by(finder, every[number]):
                results[number].append(found)
    return [_together(some) for some in results]


def _fields(contexts: Sequence[Context]) -> list[tuple[str, range]]:
    """Each field with the numbers of its texts."""
    sizes = [(field, len(list(some))) for field, some in groupby(about.field for about in contexts)]
    ends = list(accumulate(size for _, size in sizes))
    return [(field, range(end - size, end)) for (field, size), end in zip(sizes, ends, strict=True)]


def _shown(finder: Finder, column: pa.Array, fields: Iterable[tuple[str, range]]) -> list[int]:
    """The numbers of the texts that a finder is shown; one look at all fields, since making ready a trigger costs."""
    asked: list[range] = []
    numbers: list[int] = []
    for field, some in fields:
        if field in finder.always:
            numbers += some
        elif not finder.fields or field in finder.fields:
            asked.append(some)
    if asked:
        known = [number for some in asked for number in some]
        slices = [column.slice(some.start, len(some)) for some in asked]
        numbers += [known[at] for at in triggered(pa.concat_arrays(slices), finder.trigger)]
    return numbers


def triggered(column: pa.Array, trigger: str) -> Sequence[int]:
    """The numbers of the texts that a finder with this trigger is shown."""
    if not trigger:
        return range(len(column))
    return pc.indices_nonzero(pc.match_substring_regex(column, trigger, ignore_case=True)).to_pylist()


def _clean(texts: Sequence[str]) -> list[tuple[str, Sequence[int] | None]]:
    other = [number for number, text in enumerate(texts) if not text.isascii()]
    changed = pc.match_substring_regex(pa.array([texts[number] for number in other], pa.large_string()), SPECIAL)
    cleaned: list[tuple[str, Sequence[int] | None]] = [(text, None) for text in texts]
    for number in (other[at] for at in pc.indices_nonzero(changed).to_pylist()):
        cleaned[number] = clean(texts[number])
    return cleaned


def _found_by(finder: Finder, text: Text) -> list[Found]:
    try:
        return _placed(finder.find(text), finder, text)
    except Exception as error:  # noqa: BLE001  the edge of a plug-in: its name is added
        return [Found(0, "", f"{type(error).__name__}: {error}", 0, finder, error=error)]


def _together(by_finder: list[list[Found]]) -> list[Found]:
    """What several finders found in one text, sorted, without what gives way to others."""
    if len(by_finder) > 1:
        by_finder = _without_overlaps(by_finder)
    found = [one for some in by_finder for one in some]
    if len(found) > 1:
        found.sort(key=_ORDER)
    return found


def _placed(given: Iterable[Mention], finder: Finder, text: Text) -> list[Found]:
    received, name, placed = text.received, finder.name, []
    moved = received is not text.clean
    for value, start, end, confidence, kind, detail, original in given:
        if moved:
            start, end = span(received, text.spots, start, end)  # noqa: PLW2901
        placed.append(
            Found(start, kind or name, value, end, finder, confidence, detail, original or received[start:end])
        )
    return placed


def _without_overlaps(by_finder: list[list[Found]]) -> list[list[Found]]:
    kept = list(by_finder)
    for at, rivals in _rivals(tuple([some[0].finder.name for some in by_finder])):
        stronger = [(other.start, other.end) for rival in rivals for other in by_finder[rival]]
        kept[at] = [one for one in by_finder[at] if not _hidden(one.start, one.end, stronger)]
    return kept


@lru_cache(maxsize=10_000)
def _rivals(names: tuple[str, ...]) -> Sequence[tuple[int, Sequence[int]]]:
    """Which of these finders, by number, give way, and to which of the others."""
    rules: Mapping[str, Sequence[str]] = toml("overlaps.toml")["yields_to"]
    pairs = (
        (at, [number for number, name in enumerate(names) if name in rules.get(names[at], ())])
        for at in range(len(names))
    )
    return tuple((at, tuple(rivals)) for at, rivals in pairs if rivals)


def _hidden(start: int, end: int, stronger: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last and last - first >= end - start for first, last in stronger)
