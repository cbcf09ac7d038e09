"""Runs every finder over texts and says what they found, once, in places of the text as received."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from undertow import plugins
from undertow.errors import PluginError
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.datafiles import toml
from undertow.extract.text import SPECIAL, clean, span

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


def find(text: str, country: str | None = None) -> list[Mention]:
    """Everything that the finders see in one text, sorted by start, kind and value.

    `country` (ISO 3166 alpha-2) reads national phone numbers and ambiguous prices and dates. Every finder sees the
    text: compiling the triggers for one text takes longer. A finder that fails raises `PluginError` with its name.
    """
    plain, spots = clean(text)
    found = _read_one(Text(text, plain, spots, country.upper() if country else None), finders())
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
    """What `using` find in each text, sorted; triggers are tried on all texts at once, before any finder sees one."""
    cleaned = _clean(texts)
    column = pa.array([plain for plain, _ in cleaned], pa.large_string())
    shown: list[list[Finder]] = [[] for _ in texts]
    for finder in using:
        for number in triggered(column, finder.trigger):
            shown[number].append(finder)
    results: list[list[Found]] = []
    for received, (plain, spots), about, some in zip(texts, cleaned, contexts, shown, strict=True):
        if some:
            text = Text(received, plain, spots, about.country, about.language, about.key, about.field)
            results.append(_read_one(text, some))
        else:
            results.append([])
    return results


def triggered(column: pa.Array, trigger: str) -> Sequence[int]:
    """The numbers of the texts that a finder with this trigger is shown."""
    if not trigger:
        return range(len(column))
    return pc.indices_nonzero(pc.match_substring_regex(column, trigger, ignore_case=True)).to_pylist()


def _clean(texts: Sequence[str]) -> list[tuple[str, Sequence[int] | None]]:
    changes = pc.match_substring_regex(pa.array(texts, pa.large_string()), SPECIAL).to_pylist()
    return [clean(text) if change else (text, None) for text, change in zip(texts, changes, strict=True)]


def _read_one(text: Text, using: Iterable[Finder]) -> list[Found]:
    found: list[Found] = []
    for finder in using:
        try:
            found += [_placed(mention, finder, text) for mention in finder.find(text)]
        except Exception as error:  # noqa: BLE001  the edge of a plug-in: its name is added
            found.append(Found(0, "", f"{type(error).__name__}: {error}", 0, finder, error=error))
    if len(found) > 1:
        found = _without_overlaps(found)
        found.sort(key=_ORDER)
    return found


def _placed(mention: Mention, finder: Finder, text: Text) -> Found:
    start, end = mention.start, mention.end
    if text.received is not text.clean:
        start, end = span(text.received, text.spots, start, end)
    original = mention.original or text.received[start:end]
    kind = mention.kind or finder.name
    return Found(start, kind, mention.value, end, finder, mention.confidence, mention.detail, original)


@cache
def _yields() -> Mapping[str, frozenset[str]]:
    return {finder: frozenset(others) for finder, others in toml("overlaps.toml")["yields_to"].items()}


def _without_overlaps(found: list[Found]) -> list[Found]:
    rules = _yields()
    by_name: dict[str, list[Found]] = {}
    for one in found:
        by_name.setdefault(one.finder.name, []).append(one)
    kept: list[Found] = []
    for name, some in by_name.items():
        stronger = [other for rival in rules.get(name, ()) if rival in by_name for other in by_name[rival]]
        kept += [one for one in some if not any(_hides(other, one) for other in stronger)] if stronger else some
    return kept


def _hides(other: Found, one: Found) -> bool:
    return other.start < one.end and one.start < other.end and other.end - other.start >= one.end - one.start
