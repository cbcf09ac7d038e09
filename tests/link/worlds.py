"""Small worlds of posts for the link stage: what each post holds, in sight; and the networks that come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from undertow import testing
from undertow.link.options import Options
from undertow.link.run import run

FIRST_DAY = datetime(2026, 3, 1, tzinfo=UTC)

World = dict[str, list[dict[str, Any]]]
Parts = list[list[str]]


@dataclass(frozen=True)
class Post:
    """A post and what it holds; values that are `None` are left out. `many` holds more mentions: kind and value.

    `day` is when it was posted, from a first day on.
    """

    id: str
    phone: str | None = None
    account: str | None = None
    template: str | None = None
    domain: str | None = None
    place: str | None = None
    many: tuple[tuple[str, str], ...] = ()
    day: int | None = None


def world(posts: Sequence[Post], *, saving: int = 1_000, cuts: Sequence[tuple[str, str, str]] = ()) -> World:
    """The tables of these posts; each template saves `saving` bits for every further copy."""
    templates = sorted({post.template for post in posts if post.template})
    return {
        "posts": [
            {
                "post_id": post.id,
                "site": "ads.example",
                "account": post.account or "",
                "posted_at": None if post.day is None else FIRST_DAY + timedelta(days=post.day),
            }
            for post in posts
        ],
        "mentions": [mention for post in posts for mention in _mentions(post)],
        "templates": [
            {"template_id": name, "posts": n, "accounts": _accounts(posts, name), "saving": saving * max(n - 1, 1)}
            for name in templates
            for n in [sum(post.template == name for post in posts)]
        ],
        "template_posts": [{"template_id": post.template, "post_id": post.id} for post in posts if post.template],
        "cuts": [{"via_kind": kind, "via": via, "because": because} for kind, via, because in cuts],
    }


def _accounts(posts: Sequence[Post], template: str) -> int:
    return len({post.account for post in posts if post.account and post.template == template})


def _mentions(post: Post) -> list[dict[str, Any]]:
    held = [("phone", post.phone), ("domain", post.domain), ("place", post.place), *post.many]
    return [
        {"record_id": post.id, "kind": kind, "value": value, "start": start, "confidence": 1.0}
        for start, (kind, value) in enumerate(held)
        if value
    ]


def link(
    folder: Path, given: Mapping[str, Sequence[Mapping[str, Any]]], options: Options | None = None
) -> dict[str, pa.Table]:
    """All tables that the stage writes over this world; `network_members` in it are those of the run before."""
    before = {"network_members": given["network_members"]} if "network_members" in given else {}
    rest = {name: rows for name, rows in given.items() if name not in before}
    with testing.engine(folder, rest) as engine:
        if before:
            old = testing.engine(folder / "before", before).read("network_members").files
            engine.current = lambda table: old if table == "network_members" else ()
        run(engine, options)
        names = ("ties", "hubs", "networks", "network_members", "lineage", "kept_apart", "brokers")
        return {name: engine.fetch(engine.read(name)) for name in names}


def parts(tables: Mapping[str, pa.Table]) -> Parts:
    """The networks as sorted lists of records."""
    held: dict[str, list[str]] = {}
    for row in tables["network_members"].to_pylist():
        held.setdefault(row["network_id"], []).append(row["record_id"])
    return sorted(sorted(records) for records in held.values())
