"""Times as the reader's clock shows them, with UTC beside."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from markupsafe import Markup


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def zone(said: str, otherwise: str = "UTC") -> ZoneInfo:
    """The zone that a browser names, else that of the workspace, else UTC."""
    return ZoneInfo(next((name for name in (said, otherwise) if name in _known()), "UTC"))


def midnight(now: datetime, there: ZoneInfo) -> datetime:
    """When the day of `now` ends on the clock of `there`."""
    tomorrow = now.astimezone(there).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), there)


def local(at: datetime | None, there: ZoneInfo, *, day: bool = False) -> Markup:
    """A time on the clock of `there`; UTC is shown on hover. Empty where no time is known."""
    if at is None:
        return Markup()
    known = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    shown = known.astimezone(there).strftime("%Y-%m-%d" if day else "%Y-%m-%d %H:%M")
    stamp = known.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(stamp, known.strftime("%Y-%m-%d %H:%M UTC"), shown)
