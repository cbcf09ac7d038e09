"""Cases: leads that are worked on together, and who may see them. Every change is a line of the audit trail."""

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from undertow.errors import UserError
from undertow.review.audit import Entry, Trail
from undertow.review.migrations import opened


@dataclass(frozen=True, slots=True)
class Case:
    """A case and its leads."""

    case_id: str
    at: str
    who: str
    title: str
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases in a decisions file."""

    trail: Trail

    def open(self, title: str, *, who: str, place: str = "") -> Case:
        """Opens a case; raises `UserError` without a title."""
        if not title.strip():
            raise UserError("a case needs a title", hint="say in a few words what it is about, without names")
        case = Case(f"k{secrets.token_hex(6)}", datetime.now(UTC).isoformat(timespec="seconds"), who, title.strip(), ())

        def work(connection: sqlite3.Connection, add: Any) -> Case:
            connection.execute("INSERT INTO cases VALUES (?,?,?,?)", (case.case_id, case.at, who, case.title))
            add(Entry(who, "opened", "case", case.case_id, place=place))
            return case

        return self.trail.within(work)

    def put(self, case_id: str, leads: Iterable[str], *, who: str, place: str = "") -> None:
        """Puts leads into a case; those that are in it stay."""
        at, ids = datetime.now(UTC).isoformat(timespec="seconds"), sorted(set(leads))

        def work(connection: sqlite3.Connection, add: Any) -> None:
            rows = [(case_id, lead, at, who) for lead in ids]
            connection.executemany("INSERT OR IGNORE INTO case_leads VALUES (?,?,?,?)", rows)
            add(Entry(who, "put leads", "case", case_id, place=place, detail={"leads": ids}))

        self.trail.within(work)

    def all(self) -> list[Case]:
        """Every case, oldest first."""
        with opened(self.trail.path) as connection:
            held: dict[str, list[str]] = {}
            for case_id, lead in connection.execute("SELECT case_id, lead_id FROM case_leads ORDER BY 1, 2"):
                held.setdefault(case_id, []).append(lead)
            rows = connection.execute("SELECT case_id, at, who, title FROM cases ORDER BY at, case_id").fetchall()
            return [Case(name, at, who, title, tuple(held.get(name, ()))) for name, at, who, title in rows]

    def leads_of(self, cases: Iterable[str]) -> frozenset[str]:
        """The leads in any of these cases."""
        wanted = set(cases)
        return frozenset(lead for case in self.all() if case.case_id in wanted for lead in case.leads)
