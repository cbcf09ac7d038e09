"""When the records of a lead were made: lanes by site and by contact, and the hours of the week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from undertow.share.show import LINKS, plain
from undertow.share.timeline import timeline
from undertow.tables import SELECTORS
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import Opened, opened
from undertow.web.timing import times

SHADES = 5


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one weekday: how many records, how dark, and when that is in UTC."""

    records: int
    shade: int
    utc: str


def hours(desk: Desk, asked: Asked) -> Answer:
    """The lanes and the heat map, on the reader's clock."""
    held = opened(desk, asked, "time")
    key = f"hours {held.lead.network_id} {asked.zone.key} {held.masked}"
    shown = desk.reader.lately(key, lambda: _shown(held, asked.zone))
    return Shown("time.html", "time", {"lead": held.lead, "path": held.path, **shown})


def _shown(held: Opened, zone: ZoneInfo) -> dict[str, Any]:
    when = times(held)
    dated = [(one, at.astimezone(zone), site) for one, (at, site) in when.items() if at]
    return {
        "by_site": timeline((at, plain(site, 60, link=True)) for _, at, site in dated),
        "by_contact": timeline(_by_contact(held, {one: at for one, at, _ in dated})),
        "week": heat([at for _, at, _ in dated], zone),
        "dated": len(dated),
        "undated": len(when) - len(dated),
        "midnight": sum(not (at.hour or at.minute or at.second) for at in _utc(dated)),
    }


def heat(times_: Sequence[datetime], zone: ZoneInfo) -> list[list[Hour]]:
    """Seven days, Monday first, of 24 hours on the clock of `zone`; shades are fifths of the fullest hour.

    The hour in UTC is that of the latest record in it: a clock that is put forward has two.
    """
    here = sorted(at.astimezone(zone) for at in times_)
    count = Counter((at.weekday(), at.hour) for at in here)
    last = {(at.weekday(), at.hour): at.astimezone(UTC) for at in here}
    most = max(count.values(), default=1)
    return [
        [
            Hour(many, -(-SHADES * many // most), f"{last[day, hour]:%a %H} h UTC" if many else "")
            for hour in range(24)
            for many in [count[day, hour]]
        ]
        for day in range(7)
    ]


def _utc(dated: Iterable[tuple[str, datetime, str]]) -> list[datetime]:
    return [at.astimezone(UTC) for _, at, _ in dated]


def _by_contact(held: Opened, when: Mapping[str, datetime]) -> list[tuple[datetime, str]]:
    """A record stands in the lane of each contact or account that it holds."""
    kinds = {*SELECTORS, "account"}
    made = []
    for row in held.ties().to_pylist():
        at = when.get(row["record_id"])
        if at and row["via_kind"] in kinds and not row["capped"]:
            link = row["via_kind"] in LINKS
            made.append((at, plain(held.value(row["via_kind"], row["via"]), 60, link=link)))
    return made


PAGE = Page(
    name="time",
    says="When the records of a lead were made, by site and contact, and by the hours of the week.",
    routes=(Route("/leads/{lead_id}/time", "read", hours),),
    view=5,
)
