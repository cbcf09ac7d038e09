"""Rows of a file become rows of a record table: ids, times, sums, and everything else in `extra`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import pyarrow as pa

from undertow.collect import amounts, cells, dates
from undertow.collect.contract import Note, Rows
from undertow.collect.mapping import Plan
from undertow.tables import RECORDS, TABLES

_ID_BYTES = 10  # as in undertow.ids; a test holds the two together
_DEFAULTS = ("site", "country", "kind")


@dataclass(slots=True)
class Maker:
    """Makes record rows of one part of one original, batch after batch."""

    plan: Plan
    original_id: str
    prefix: str  # of positions: the member of an archive
    defaults: Mapping[str, str]  # site, country, kind: where no column says
    times: Mapping[str, dates.Reader]
    _schema: pa.Schema = field(init=False)

    def __post_init__(self) -> None:
        self._schema = TABLES[self.plan.table].schema

    def table(self, rows: Rows) -> pa.Table:
        """The rows as a table of the record's schema."""
        size = len(rows.positions)
        positions = [f"{self.prefix}{position}" for position in rows.positions] if self.prefix else rows.positions
        given = {name: rows.columns[column] for name, column in self.plan.fields.items() if column in rows.columns}
        made = self._values(given, positions, size) | {
            TABLES[self.plan.table].key[0]: cells.array(
                record_ids(RECORDS[self.plan.table], self.original_id, positions)
            ),
            "original_id": cells.constant(self.original_id, size),
            "position": cells.array(positions),
            "extra": self._extra(rows, size),
        }
        return pa.table([made[name] for name in self._schema.names], schema=self._schema)

    def notes(self) -> Iterator[Note]:
        """What was assumed while reading times."""
        for reader in self.times.values():
            yield from reader.notes()

    def _values(
        self, given: Mapping[str, Sequence[object]], positions: Sequence[str], size: int
    ) -> dict[str, pa.Array]:
        made: dict[str, pa.Array] = {}
        for column in self._schema:
            name = column.name
            if pa.types.is_timestamp(column.type):
                made[name] = (
                    self.times[name].times(given[name], positions) if name in given else pa.nulls(size, column.type)
                )
            elif pa.types.is_decimal(column.type):
                texts = cells.texts(given[name]) if name in given else [""] * size
                made[name] = amounts.amounts(texts)
            elif pa.types.is_integer(column.type):
                made[name] = pa.array([_whole(value) for value in given.get(name, [None] * size)], column.type)
            else:
                made[name] = self._text(name, given, size)
        if "url" in given and "site" in made and "site" not in given and not self.defaults.get("site"):
            made["site"] = cells.array(_hosts(made["url"].to_pylist()))
        return made

    def _text(self, name: str, given: Mapping[str, Sequence[object]], size: int) -> pa.Array:
        source = given.get(name)
        if source is None:
            source = given.get(_counterpart(name))
        if source is None:
            return cells.constant(self.defaults.get(name, ""), size)
        texts = cells.texts(source)
        default = self.defaults.get(name, "")
        return cells.array([text or default for text in texts] if default else texts)

    def _extra(self, rows: Rows, size: int) -> pa.Array:
        shown = set(self._schema.names)
        hidden = {  # fields whose text no other column keeps
            column
            for name, column in self.plan.fields.items()
            if name.endswith("_at") and f"{name[:-3]}_text" not in shown
        }
        taken = set(self.plan.fields.values()) - hidden
        names = sorted(name for name in rows.columns if name not in taken)
        if not names:
            return cells.constant("", size)
        columns = [rows.columns[name] for name in names]
        return cells.array([_object(names, row) for row in zip(*columns, strict=True)])


def record_ids(letter: str, original_id: str, positions: Sequence[str]) -> list[str]:
    """`ids.record_id` for many positions of one original, at a third of its time."""
    start = blake2b(f"{original_id}\x1f".encode(), digest_size=_ID_BYTES)
    made = []
    for position in positions:
        hasher = start.copy()
        hasher.update(position.encode("utf-8", "surrogatepass"))
        made.append(letter + hasher.hexdigest())
    return made


def _counterpart(name: str) -> str:
    """The field whose text as found a column keeps: `posted_at` for `posted_text`, `amount` for `amount_text`."""
    stem = name.removesuffix("_text")
    if stem == name:
        return ""
    return stem if stem == "amount" else f"{stem}_at"


def _object(names: Sequence[str], row: Sequence[object]) -> str:
    """JSON of what a row has beside its fields; "" and None say nothing and are left out."""
    found = {name: value for name, value in zip(names, row, strict=True) if value is not None and value != ""}
    return cells.to_json(found) if found else ""


def _whole(value: object) -> int | None:
    text = cells.as_text(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _hosts(urls: Sequence[str]) -> list[str]:
    return [host(url) for url in urls]


def host(url: str) -> str:
    """The host of a URL, small, without `www.`, user name and port; "" where there is none."""
    scheme, sign, rest = url.strip().partition("://")
    if not sign or len(scheme) > 10:
        return ""
    name = rest.replace("?", "/").replace("#", "/").split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0]
    return name.lower().removeprefix("www.")
