"""Which pictures a post shows: those that are a part of its file, and those that it names, as a file or an address."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

import orjson
import pyarrow as pa

from undertow.collect import datafiles
from undertow.collect.contract import Rows
from undertow.collect.headers import fold
from undertow.collect.mapping import Plan
from undertow.collect.records import record_ids
from undertow.tables import TABLES

MEDIA = "media"  # the column of a source's posts that lists names, where the source knows
PART_OF = "part_of"  # the column of a source's pictures that holds the position of the post
_MOST = 50  # names a post; a page of thumbnails has more, and they are everybody's
_LONGEST = 1000
_APART = re.compile(r"[;|\n]+|(?<=\S)[\s,]+(?=https?://)")


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown in one thing: `path` is its name below the folder that was collected, with that of its archive."""

    original_id: str
    member: str
    path: str
    collection: str

    def named(self, rows: Rows, plan: Plan, posts: pa.Table) -> pa.Table:
        """Rows of `media` for posts that were just made of `rows`."""
        columns = [rows.columns[name] for name in _columns(rows, plan)]
        made = [
            (post_id, name, self._place(name), self.collection, "")
            for post_id, *values in zip(posts["post_id"].to_pylist(), *columns, strict=True)
            for name in _once(values)
        ]
        return _table(made)

    def parts(self, rows: Rows, pictures: pa.Table) -> pa.Table:
        """Rows of `media` for pictures that stand in a post of the same file."""
        prefix = f"{self.member}:" if self.member else ""
        of = [str(value or "") for value in rows.columns.get(PART_OF, ())]
        posts = record_ids("p", self.original_id, [f"{prefix}{position}" for position in of])
        found = zip(posts, of, rows.positions, pictures["picture_id"].to_pylist(), strict=True) if of else ()
        return _table([(post, where, where, self.collection, picture) for post, at, where, picture in found if at])

    def _place(self, name: str) -> str:
        if "://" in name[:12]:
            return name.split("#", 1)[0]
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(name).replace("\\", "/")))


def _table(rows: Sequence[tuple[str, ...]]) -> pa.Table:
    schema = TABLES[MEDIA].schema
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=schema)


def _columns(rows: Rows, plan: Plan) -> list[str]:
    """The columns that name pictures: the source's own, or those with such a header that became no field."""
    if rows.table:
        return [name for name in (MEDIA,) if name in rows.columns]
    taken = set(plan.fields.values())
    return [name for name in rows.columns if name not in taken and fold(name) in _headers()]


@cache
def _headers() -> frozenset[str]:
    return frozenset(fold(word) for word in datafiles.toml("media.toml")["headers"])


def _once(values: Sequence[object]) -> list[str]:
    found = (name.strip() for value in values for name in _names(value))
    return list(dict.fromkeys(name for name in found if _is_name(name)))[:_MOST]


def _is_name(text: str) -> bool:
    return 3 < len(text) <= _LONGEST and "." in text and not text.startswith(("(", "data:", "about:", "javascript:"))


def _names(value: object) -> Iterator[str]:
    """The names in a cell: a list, JSON of one, or names apart by `;`, `|` or lines."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            value = orjson.loads(value)
        except ValueError:
            return
    if isinstance(value, str):
        yield from _APART.split(value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _names(one)
    elif isinstance(value, dict):
        yield from (str(value[key]) for key in ("url", "src", "path", "file", "uri") if value.get(key))
