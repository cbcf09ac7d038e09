"""The words of a report: names of grades, classes and kinds, counted things, times, markings."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from undertow.share.contract import Lead, Reason

MARKINGS = ("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR")  # FIRST, TLP 2.0; the strictest first


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("undertow.share") / "data" / "words.toml").read_text("utf-8"))


def word(shelf: str, name: str) -> str:
    """What `name` is called; itself without underscores where the list does not hold it. `phone+url` names two."""
    return " and ".join(_words()[shelf].get(part, part.replace("_", " ")) for part in name.split("+"))


def many(count: int, one: str, more: str = "") -> str:
    """`3 posts`, `1 post`; `more` is the plural where an s does not make it."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def day(time: datetime | None) -> str:
    """The day in UTC; empty where no time is known."""
    return time.astimezone(UTC).date().isoformat() if time else ""


def minute(time: datetime | None) -> str:
    """Day and minute in UTC; empty where no time is known."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if time else ""


def between(first: datetime | None, last: datetime | None) -> str:
    """`2026-03-01 to 2026-04-02`, or the one day."""
    days = sorted({day(time) for time in (first, last) if time})
    return " to ".join(days) if days else "undated"


def moment(text: str) -> str:
    """A time given as ISO text, to the minute; any other text as it is."""
    try:
        return minute(datetime.fromisoformat(text))
    except ValueError:
        return text


def sentence(reason: Reason) -> str:
    """What a sign says and how it was seen here, as one sentence."""
    seen = reason.why.strip().rstrip(".")
    return f"{reason.says.strip().rstrip('.')}: {seen}." if seen and reason.says else f"{seen or reason.says.strip()}"


def points(value: float) -> str:
    """Points without needless decimals, with a true minus."""
    return f"{value:g}".replace("-", "−") if abs(value) < 1e6 else f"{value:.0f}"


def percent(share: float) -> str:
    """A share in per cent: two digits that mean something, never a rounded 0 or 100."""
    value = 100 * share
    if 0 < value < 0.1:
        return "under 0.1 %"
    if 99.9 < value < 100:
        return "over 99.9 %"
    return f"{value:.1f} %" if value < 10 else f"{value:.0f} %"


def title(lead: Lead) -> str:
    """A lead in one line: how much there is and what holds it together. Never what anybody is."""
    held = [
        text
        for count, text in (
            (lead.selectors, many(lead.selectors, "contact")),
            (lead.templates, many(lead.templates, "text template")),
        )
        if count
    ]
    sites = f" on {many(lead.sites, 'site')}" if lead.sites else ""
    shared = f", held together by {' and '.join(held)}" if held else ""
    return f"{many(lead.records, 'record')}{sites}{shared}"


def strictest(markings: Iterable[str]) -> str:
    """The marking that binds the whole: the strictest of TLP, or the first by name of others."""
    held = {marking.strip().upper() for marking in markings if marking.strip()}
    full = {marking if marking.startswith("TLP:") else f"TLP:{marking}" for marking in held}
    known = [marking for marking in MARKINGS if marking in full]
    return known[0] if known else min(held, default="")
