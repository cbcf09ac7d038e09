"""Groups of the same picture, as somebody may see them: the pictures of a group, and the records that show them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import pyarrow as pa

from undertow.errors import UserError
from undertow.review.store import Judgement
from undertow.seeing import held
from undertow.tables import RECORDS
from undertow.web.desk import Desk

KIND = "picture"  # of what ties records, and of a cut

MOST = 12  # pictures of one post that are listed

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that are the same; `middle` is the one that the others are compared with, where it may be seen."""

    middle: str
    pictures: int
    posts: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Records of one picture: a row of `pictures`, how it is like the middle of its group, and who holds it."""

    row: Row
    match: Row
    ids: list[str] = field(default_factory=list)

    @property
    def picture_id(self) -> str:
        """The first of its records."""
        return str(self.row["picture_id"])

    @property
    def seconds(self) -> float:
        """Where in a video it is like the middle; 0 for a still picture."""
        return float(self.match["seconds"] or 0.0)

    @property
    def held(self) -> bool:
        """Whether its file is here."""
        return held(self.row)

    @property
    def place(self) -> str:
        """Latitude and longitude, where the file says that it was taken somewhere. Anybody can write that."""
        extra = orjson.loads(self.row["extra"] or "{}")
        found = [str(extra[name]) for name in ("latitude", "longitude") if extra.get(name)]
        return ", ".join(found) if len(found) == 2 else ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A group that somebody looks at: `via` is what ties its records, `shown` says which post shows which picture."""

    via: str
    sheets: Sequence[Sheet]
    shown: Sequence[Row]

    @property
    def middle(self) -> Sheet | None:
        """What the others are compared with; None where it is out of sight."""
        return next((one for one in self.sheets if self.via in one.ids), None)

    def sheet(self, picture: str) -> Sheet:
        """The sheet on which a picture stands."""
        return next(one for one in self.sheets if picture in one.ids)

    @property
    def records(self) -> list[str]:
        """Its pictures and the posts that show one."""
        return sorted({*(one for sheet in self.sheets for one in sheet.ids), *(row["post_id"] for row in self.shown)})


def groups(desk: Desk) -> Sequence[Group]:
    """Every group of two records and more, those that most posts show first."""
    return desk.reader.kept("picture groups", lambda: _groups(desk))


def _groups(desk: Desk) -> list[Group]:
    matches = desk.reader.columns("picture_matches", ["picture_id", "same_as"])
    same = dict(zip(matches["picture_id"].to_pylist(), matches["same_as"].to_pylist(), strict=True))
    pictures: dict[str, set[str]] = defaultdict(set)
    for picture, middle in same.items():
        pictures[middle].add(picture)
    posts: dict[str, set[str]] = defaultdict(set)
    for row in _shown(desk, desk.reader.columns("pictures_shown", ["picture_id", "post_id"])):
        middle = same.get(row["picture_id"], row["picture_id"])
        pictures[middle].add(row["picture_id"])
        posts[middle].add(row["post_id"])
    made = [
        Group(middle if middle in some else min(some), len(some), len(posts[middle]))
        for middle, some in pictures.items()
        if len(some) > 1 or len(posts[middle]) > 1
    ]
    return sorted(made, key=lambda one: (-one.posts, -one.pictures, one.middle))


def _shown(desk: Desk, rows: pa.Table) -> list[dict[str, Any]]:
    """Rows whose post and whose picture may be seen: the reader looks at one of the two."""
    seen = set(desk.reader.through(rows.select(["picture_id"]))["picture_id"].to_pylist())
    return [row for row in rows.to_pylist() if row["picture_id"] in seen]


def opened(desk: Desk, picture: str) -> Opened:
    """The group of a picture; raises `UserError` where that is no picture."""
    read = desk.reader.part
    own = read("picture_matches", "picture_id", [picture]).to_pylist()
    via = own[0]["same_as"] if own else picture
    matches = {row["picture_id"]: row for row in read("picture_matches", "same_as", [via]).to_pylist()}
    rows = read("pictures", "picture_id", [*matches, picture]).to_pylist()
    if picture not in {row["picture_id"] for row in rows}:
        raise UserError("this record is no picture", hint="the page of pictures lists those that are alike")
    shown = read("pictures_shown", "picture_id", [row["picture_id"] for row in rows])
    alone = {"picture_id": picture, "same_as": via, "distance": 0, "method": "", "seconds": None, "same_seconds": None}
    return Opened(via, _sheets(rows, matches, alone), _shown(desk, shown))


def _sheets(rows: Sequence[Row], matches: Mapping[str, Row], alone: Row) -> list[Sheet]:
    """Each file once, and each hash without a file; the middle first, then the nearest."""
    made: dict[str, Sheet] = {}
    pairs = [(row, matches.get(row["picture_id"], alone)) for row in rows]
    for row, match in sorted(pairs, key=_near):
        key = row["sha256"] or row["pdq"] or row["picture_id"]
        made.setdefault(key, Sheet(row, match)).ids.append(row["picture_id"])
    return list(made.values())


def _near(pair: tuple[Row, Row]) -> tuple[bool, int, str]:
    row, match = pair
    return (row["picture_id"] != match["same_as"], match["distance"], row["picture_id"])


def leads(desk: Desk, records: Sequence[str]) -> list[tuple[str, int]]:
    """Leads that hold these records, with how many of them, most first."""
    members = desk.reader.part("network_members", "record_id", records, ["network_id"])
    many = Counter(members["network_id"].to_pylist())
    rows = desk.reader.part("leads", "network_id", many, ["network_id", "lead_id"]).to_pylist()
    return sorted(((row["lead_id"], many[row["network_id"]]) for row in rows), key=lambda pair: (-pair[1], pair[0]))


def held_of(desk: Desk, pictures: Sequence[str]) -> set[str]:
    """Those of these pictures whose file is here."""
    rows = desk.reader.part("pictures", "picture_id", pictures, ["picture_id", "sha256", "pipeline"]).to_pylist()
    return {row["picture_id"] for row in rows if held(row)}


def harmless(desk: Desk) -> dict[str, Judgement]:
    """What ties the groups that a person marked as harmless, with the decision: a cut of any of a group's pictures."""
    cut = {one.subject: one for one in desk.workspace.decisions.standing("cut") if one.subject_kind == KIND}
    same = desk.reader.part("picture_matches", "picture_id", cut, ["picture_id", "same_as"])
    now = dict(zip(same["picture_id"].to_pylist(), same["same_as"].to_pylist(), strict=True))
    return {now.get(subject, subject): one for subject, one in cut.items()}


def shown_by(desk: Desk, record: str) -> list[str]:
    """The pictures that a post shows, or the picture that the record is, where each may be seen."""
    if record.startswith(RECORDS["pictures"]):
        return [record]
    rows = desk.reader.part("pictures_shown", "post_id", [record])
    return sorted({row["picture_id"] for row in _shown(desk, rows)})[:MOST]
