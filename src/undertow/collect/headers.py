"""What a header means: the same word in several languages and spellings, folded before it is compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from undertow.collect import datafiles

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[\W_]+")


@lru_cache(maxsize=20_000)
def fold(header: str) -> str:
    """A header without case, accents, underscores and camelCase: `postedAt`, `Posted_at` and `posted at` are one."""
    spaced = _OTHER.sub(" ", _CAMEL.sub(" ", unicodedata.normalize("NFKC", header)))
    plain = unicodedata.normalize("NFKD", spaced.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


@cache
def ranks(table: str) -> Mapping[str, Sequence[tuple[str, int]]]:
    """For a folded header, the fields of `table` it can name, each with its rank in that field's list."""
    found: dict[str, list[tuple[str, int]]] = {}
    for field, words in datafiles.toml("headers.toml")[table].items():
        for rank, word in enumerate([field, *words]):
            named = found.setdefault(fold(word), [])
            if all(other != field for other, _ in named):
                named.append((field, rank))
    return found


def is_known(header: str) -> bool:
    """Whether a cell is a header that some table knows."""
    folded = fold(header)
    return any(folded in ranks(table) for table in datafiles.toml("headers.toml"))


def assign(table: str, columns: Sequence[str]) -> dict[str, str]:
    """Field to column by header alone; where several columns name a field, the most usual name wins, then the first."""
    offers = []
    for place, column in enumerate(columns):
        for field, rank in ranks(table).get(fold(column), ()):
            offers.append((rank, place, field, column))
    chosen: dict[str, str] = {}
    for _, _, field, column in sorted(offers):
        if field not in chosen and column not in chosen.values():
            chosen[field] = column
    return chosen


def table_of(columns: Sequence[str]) -> str:
    """The record table that a file's headers speak for; `posts` where they speak for none."""
    folded = {fold(column) for column in columns}
    best, most = "posts", 0
    for table, rule in datafiles.toml("kinds.toml")["tables"].items():
        fields = assign(table, columns)
        told = sum(field in fields for field in rule["telling"])
        if told >= rule["needs"] and told > most and _fits(rule, folded):
            best, most = table, told
    return best


def kind_of(columns: Sequence[str]) -> str:
    """What the posts of a file are, by the headers beside the text; `post` where they do not say."""
    folded = {fold(column) for column in columns}
    for rule in datafiles.toml("kinds.toml")["posts"]:
        if folded & _folded(rule["any"]):
            return str(rule["kind"])
    return "post"


def _fits(rule: Mapping[str, Sequence[str]], folded: set[str]) -> bool:
    only = rule.get("only_with")
    return not folded & _folded(rule.get("not_with", ())) and (only is None or bool(folded & _folded(only)))


def _folded(words: Iterable[str]) -> set[str]:
    return {fold(word) for word in words}
