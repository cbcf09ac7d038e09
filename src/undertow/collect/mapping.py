"""Which column of a file is which field of a record: by what the user says, by header, then by content."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from undertow.collect import guess, headers
from undertow.collect.cells import to_json
from undertow.errors import UserError
from undertow.tables import RECORDS, TABLES

_OWN = frozenset({"original_id", "position", "extra"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One field, the column it was read from, and why that column."""

    field: str
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns of one file or sheet become a record: what a preview shows and what is kept with the original."""

    table: str
    kind: str  # of posts; "" for other records
    choices: tuple[Choice, ...]
    unmapped: tuple[str, ...]  # columns that go to `extra`

    @property
    def fields(self) -> dict[str, str]:
        """Field to column."""
        return {choice.field: choice.column for choice in self.choices}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user said of the columns: the record table, the kind of post, and field to column; "" is not said."""

    table: str = ""
    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def fields(table: str) -> tuple[str, ...]:
    """The fields of a record table that a file can fill; `amount` is read from what fills `amount_text`."""
    own = {*_OWN, TABLES[table].key[0]}
    names = [name for name in TABLES[table].schema.names if name not in own]
    return tuple(name for name in names if not (name.endswith("_text") and _pair(name) in names))


def check(wanted: Wanted) -> Wanted:
    """`wanted` as it is; raises `UserError` for a table or field that does not exist."""
    if wanted.table and wanted.table not in RECORDS:
        raise UserError(f"no record is called {wanted.table}", hint=f"one of {', '.join(RECORDS)}")
    known = {name for table in ([wanted.table] if wanted.table else RECORDS) for name in fields(table)}
    for name in wanted.columns:
        if name not in known:
            raise UserError(f"no field is called {name}", hint=f"one of {', '.join(sorted(known))}")
    return wanted


def load(path: Path) -> Wanted:
    """A saved mapping, TOML or JSON: `table`, `kind` and a section `columns` of field = "column"."""
    try:
        raw = path.read_text("utf-8-sig")
        saved = orjson.loads(raw) if path.suffix.lower() == ".json" else tomllib.loads(raw)
    except OSError as error:
        raise UserError(f"the mapping {path} cannot be read: {error.strerror}", hint="check the path") from error
    except (tomllib.TOMLDecodeError, orjson.JSONDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"the mapping {path} is not valid: {error}", hint="a preview shows a valid one") from error
    columns = saved.get("columns", {}) if isinstance(saved, dict) else None
    if not isinstance(columns, dict) or not set(saved) <= {"table", "kind", "columns"}:
        raise UserError(f"the mapping {path} holds something unknown", hint="it may hold table, kind and columns")
    said = {str(name): str(column) for name, column in columns.items()}
    return check(Wanted(str(saved.get("table", "")), str(saved.get("kind", "")), said))


def dump(plan: Plan) -> str:
    """A plan as a mapping file in TOML, which `load` reads back."""
    lines = [f"table = {to_json(plan.table)}", f"kind = {to_json(plan.kind)}", "", "[columns]"]
    return "\n".join([*lines, *(f"{choice.field} = {to_json(choice.column)}" for choice in plan.choices)]) + "\n"


def plan(columns: Mapping[str, Sequence[object]], wanted: Wanted, *, table: str = "") -> Plan:
    """Decides from a file's headers and first rows; `table` is set where the format itself names the fields."""
    names = list(columns)
    if table:
        chosen = {
            name: Choice(name, name, "the format says so") for name in names if name in TABLES[table].schema.names
        }
        return _made(table, wanted.kind, chosen, names)
    table = wanted.table or _named_table(wanted) or headers.table_of(names)
    chosen = {name: Choice(name, column, "given") for name, column in wanted.columns.items() if column in columns}
    _by_header(table, chosen, columns)
    _by_content(table, chosen, columns)
    return _made(table, wanted.kind or ("" if "kind" in chosen else headers.kind_of(names)), chosen, names)


def missing(wanted: Wanted, names: Sequence[str]) -> list[str]:
    """The columns that the user named and that a file does not have."""
    return [column for column in wanted.columns.values() if column not in names]


def _named_table(wanted: Wanted) -> str:
    """The one record table that has all the fields the user named, if it is not `posts` that has them."""
    if not wanted.columns or set(wanted.columns) <= set(fields("posts")):
        return ""
    fits = [table for table in RECORDS if set(wanted.columns) <= set(fields(table))]
    return fits[0] if len(fits) == 1 else ""


def _by_header(table: str, chosen: dict[str, Choice], columns: Mapping[str, Sequence[object]]) -> None:
    """By header; a column named like a time that holds none is something else: `data` is a date in Portuguese only."""
    taken = {choice.column for choice in chosen.values()}
    for name, column in headers.assign(table, [name for name in columns if name not in taken]).items():
        if name in fields(table) and not (name.endswith("_at") and guess.holds_no_time(columns[column])):
            chosen.setdefault(name, Choice(name, column, "by its header"))


def _by_content(table: str, chosen: dict[str, Choice], columns: Mapping[str, Sequence[object]]) -> None:
    taken = {choice.column for choice in chosen.values()}
    free = {name: values for name, values in columns.items() if name not in taken}
    open_fields = [name for name in fields(table) if name not in chosen]
    for name, column, why in guess.fields(open_fields, free):
        chosen[name] = Choice(name, column, why)


def _made(table: str, kind: str, chosen: Mapping[str, Choice], names: Sequence[str]) -> Plan:
    order = [name for name in TABLES[table].schema.names if name in chosen]
    taken = {choice.column for choice in chosen.values()}
    unmapped = tuple(name for name in names if name not in taken)
    return Plan(table, kind if table == "posts" else "", tuple(chosen[name] for name in order), unmapped)


def _pair(name: str) -> str:
    stem = name.removesuffix("_text")
    return stem if stem == "amount" else f"{stem}_at"
