"""The door to a first look: what a collection brought is read, held against the last run, and told with it."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from undertow import listing, plugins, tables
from undertow.engine.duckdb import DuckEngine
from undertow.events import silent
from undertow.extract import run as extracting
from undertow.link import ties as linking
from undertow.link.contract import PERSONAL
from undertow.link.options import LIMITS, Options
from undertow.match import lists
from undertow.runs import Catalogue, Run
from undertow.seconding import WORTH
from undertow.watch import known as knowing
from undertow.watch import quick
from undertow.watch import run as alerting
from undertow.watch.contract import Kind
from undertow.watch.parts import Parts

if TYPE_CHECKING:
    from undertow.engine.base import Engine
    from undertow.workspace import Workspace

_POSTS = tables.TABLES["posts"].schema
_INVENTED = {field.name: "" for field in _POSTS if pa.types.is_string(field.type)} | {
    "text": "Room in London, 30 USD a day, age 30, from 1 May. Call +1 202 555 0123, ana@mail.example, t.me/ana_rooms",
}

Found = list[tuple[Kind, list[alerting.Row]]]
Files = Mapping[str, Sequence[Path]]


@dataclass(slots=True)
class Last:
    """What is known of the last run, and what was told since; `giant`: see `undertow.watch.quick.join`."""

    run: str
    known: knowing.Known
    giant: int
    told: set[str]
    alerts: set[str]
    parts: Parts = field(default_factory=Parts)
    books: dict[tuple[str, str], lists.Book] = field(default_factory=dict)
    hits: list[dict[str, object]] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class Looker:
    """Looks at one collection after the other, with an engine of its own: to begin a database takes long.

    `read` keeps who shares what in the collections that no run has seen.
    """

    workspace: "Workspace"
    engine: DuckEngine
    last: Last | None = None
    read: dict[str, quick.Held] = field(default_factory=dict)

    def look(self, run: Run, engine: DuckEngine) -> None:
        """Adds to a collection in the making the alerts that follow from it; none before a run that was watched."""
        files = {name: data.files for name, data in engine.written.items() if name in tables.RECORDS}
        if not files:
            return
        last = self._last_run(run.catalogue, engine, run.scratch)
        own = self._over(files, run.scratch / "look")
        held = self._held(own)
        if last is None:
            return
        self.read[run.id] = held
        joined = quick.join(last.known, last.parts, held, last.giant)
        posts, mentions = own.fetch(own.read("posts")), own.fetch(own.read("mentions"))
        brought = quick.Brought(posts, mentions, self._hits(last, engine, own))
        worlds = quick.worlds(last.known, joined, brought, _members(engine, joined))
        self._tell(last, run, engine, worlds)

    def warm(self) -> None:
        """Loads what looks need, and looks at invented posts, so that the first file does not wait for that."""
        memo, self.engine.memo = self.engine.memo, None
        with tempfile.TemporaryDirectory(prefix="undertow-") as name, self.workspace.reading() as engine:
            last = self._last_run(self.workspace.catalogue, engine, Path(name))
            invented = [{**_INVENTED, "post_id": f"p{number}"} for number in range(WORTH)]
            posts = self._holding({"posts": pa.Table.from_pylist(invented, _POSTS)}, Path(name) / "posts").written
            held, empty = self._held(self._over({"posts": posts["posts"].files}, Path(name) / "look")), tables.empty
            if last is not None:
                brought = quick.Brought(empty("posts"), empty("mentions"), empty("list_hits"))
                joined = quick.join(last.known, Parts(), held, last.giant)
                worlds = quick.worlds(last.known, joined, brought, empty("network_members"))
                moment = alerting.Moment("", datetime.now(UTC), (), "", quick=True)
                self._found(worlds, moment, Path(name))
        self.engine.memo = memo

    def forget(self) -> None:
        """To be called where a collection was looked at and did not become current."""
        self.last = None

    def _tell(self, last: Last, run: Run, engine: DuckEngine, worlds: tuple[quick.World, quick.World]) -> None:
        worlds[1]["watch_list"] = self.workspace.decisions.watch_list()
        moment = alerting.Moment(run.id, run.started, self.workspace.decisions.muted(), "", quick=True)
        found = self._found(worlds, moment, run.scratch)
        alerts = alerting.fresh_alerts(found, moment, last.told, last.alerts)
        names = {(row["kind"], row["subject"]): row["alert_id"] for row in alerts}
        news = {
            fact: {"fact": fact, "alert_id": names.get((kind.name, row["subject"]), ""), "run": run.id}
            for kind, rows in found
            for row in rows
            if (fact := alerting.fact(kind, row)) not in last.told
        }
        if news:
            engine.write("alerts", pa.Table.from_pylist(alerts, tables.TABLES["alerts"].schema))
            engine.write("alert_news", pa.Table.from_pylist(list(news.values()), tables.TABLES["alert_news"].schema))
        run.facts["alerts"] = len(alerts)
        last.told |= set(news)
        last.alerts |= {row["alert_id"] for row in alerts}

    def _found(self, worlds: tuple[quick.World, quick.World], moment: alerting.Moment, scratch: Path) -> Found:
        kinds = {name: one for name, one in plugins.load(alerting.FOLDER, Kind).items() if one.quick}
        earlier = alerting.before(self._holding(worlds[0], scratch / "before"))
        now = self._holding(worlds[1], scratch / "after")
        return alerting.every(now, kinds, alerting.views_over(now, earlier), moment)[0]

    def _last_run(self, catalogue: Catalogue, engine: DuckEngine, scratch: Path) -> Last | None:
        """What is known of the run that is current; what was collected since is read once more where it has to be."""
        current = catalogue.current_run("watch_keys")
        said = catalogue.said_of("mentions")
        if not current or "collections" not in said:
            self.last = None
        elif self.last is None or self.last.run != current:
            total = sum(said["inputs"].values())
            giant = Options(**self.workspace.settings.link.model_dump()).giant(total)
            told = set(engine.fetch(engine.read("alert_news"), ["fact"])["fact"].to_pylist())
            alerts = set(engine.fetch(engine.read("alerts"), ["alert_id"])["alert_id"].to_pylist())
            self.last = Last(current, knowing.read(engine), giant, told, alerts)
            self._catch_up(self.last, catalogue, catalogue.collections[said["collections"] :], scratch)
        return self.last

    def _catch_up(self, last: Last, catalogue: Catalogue, unseen: Sequence[str], scratch: Path) -> None:
        self.read = {name: held for name, held in self.read.items() if name in unseen}
        for name in unseen:
            if name not in self.read:
                files = {table: catalogue.files_of(table, name) for table in tables.RECORDS}
                self.read[name] = self._held(self._over(files, scratch / name))
            quick.grow(last.known, last.parts, self.read[name])

    def _over(self, files: Files, scratch: Path) -> DuckEngine:
        """The engine over the records of one collection alone; what their texts gave is kept for the run."""
        self.engine.over(lambda table: files.get(table, ()), scratch)
        return self.engine

    def _holding(self, world: quick.World, scratch: Path) -> DuckEngine:
        """The engine over a small world."""
        self.engine.over(lambda _table: (), scratch)
        for name, rows in world.items():
            self.engine.write(name, rows)
        return self.engine

    def _held(self, own: DuckEngine) -> quick.Held:
        """Finds mentions, which `own` has then, and gives what ties these records strongly."""
        options = extracting.Options(self.workspace.settings.about.country, self.workspace.key)
        extracting.run(own, options, silent)
        strong = {name: one for name, one in linking.kinds().items() if one.strong}
        return quick.held(own.fetch(linking.held(own, strong)))

    def _hits(self, last: Last, engine: DuckEngine, own: DuckEngine) -> pa.Table:
        """The hits of new pictures on the lists in force, with the state that they have among all hits."""
        schema, asked = tables.TABLES["list_hits"].schema, lists.asked(own)
        in_force = lists.terms_of(listing.in_force(self.workspace)) if asked else []
        if not in_force:
            return schema.empty_table()
        books = {(one.list_id, one.list_version): one for one in in_force}
        last.books = {name: last.books.get(name) or lists.opened(engine, one) for name, one in books.items()}
        if not last.pictures:
            last.pictures = engine.query("SELECT picture_id FROM pictures").rows
            last.hits = [dict(row) for row in engine.fetch(engine.read("list_hits")).to_pylist()]
        last.pictures += len({one.picture_id for one in asked})
        found = [row for book in last.books.values() for row in lists.rows_of(book, asked)]
        last.hits += found
        named = {terms.list_id for terms in in_force}
        settled, _ = lists.settle([row for row in last.hits if row["list_id"] in named], in_force, last.pictures)
        new = {row["hit_id"] for row in found}
        return pa.Table.from_pylist([row for row in settled if row["hit_id"] in new], schema)


def remember(engine: "Engine") -> None:
    """Writes what first looks need to know of a run whose other tables are written."""
    strong = {name: one for name, one in linking.kinds().items() if one.strong}
    personal = [name for name, one in strong.items() if one.family in PERSONAL]
    contacts = [name for name in personal if strong[name].family == "contact"]
    knowing.write(engine, knowing.Kinds(list(strong), personal, contacts, int(LIMITS["between_few"])))


def _members(engine: DuckEngine, joined: quick.Joined) -> pa.Table:
    """All records of the networks that have become one with another."""
    met = sorted({one.network_id for some in joined.sources.values() if len(some) > 1 for one in some})
    if not met:
        return tables.empty("network_members")
    listed = ", ".join(f"'{name}'" for name in met)
    return engine.fetch(
        engine.query(f"SELECT network_id, record_id FROM network_members WHERE network_id IN ({listed})")
    )
