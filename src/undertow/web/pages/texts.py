"""The texts of a lead: each template with its constants and slots, the rows that it made, and slots to sort by."""

from dataclasses import dataclass, replace
from typing import Any

from undertow.share import gather, redact
from undertow.share.contract import Template
from undertow.share.templates_of import MOST_COUNTED, templates
from undertow.share.variants import Column, Variant, columns, lined_up, variants
from undertow.share.view import pattern
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk
from undertow.web.leads import Opened, opened, start

MOST = 40  # rows on one page
MOST_TEXTS = 24  # to choose from
WIDE = 12  # slots shown as columns


@dataclass(frozen=True, slots=True)
class Cut:
    """A template of a lead, as it may be shown."""

    template: Template
    rows: list[Variant]
    columns: list[Column]


def texts(desk: Desk, asked: Asked) -> Answer:
    """One template of the lead, its rows in order of time or of a slot."""
    held = opened(desk, asked, "texts")
    names = desk.reader.lately(f"texts {held.lead.network_id}", lambda: _names(held))
    number = min(max(start(asked, "text"), 1), max(len(names), 1))
    facts: dict[str, Any] = {"lead": held.lead, "path": held.path, "texts": names, "number": number, "most": MOST}
    if not names:
        return Shown("texts.html", "texts", {**facts, "cut": None})
    name = names[number - 1][0]
    key = f"text {held.lead.network_id} {name} {held.masked}"
    cut = desk.reader.lately(key, lambda: _cut(held, name))
    sort, down = start(asked, "sort"), asked.query.get("down") == "1"
    rows, first = _sorted(cut.rows, sort, down=down), start(asked)
    here = [(row, lined_up(row, cut.template.pattern)) for row in rows[first : first + MOST]]
    query = f"text={number}&" + (f"sort={sort}&" if sort else "") + ("down=1&" if down else "")
    shown = {"rows": here, "first": first, "many": len(rows), "sort": sort, "down": down, "query": query}
    parts = {"pattern": pattern(cut.template), "columns": cut.columns[:WIDE], "more": max(0, len(cut.columns) - WIDE)}
    return Shown("texts.html", "texts", {**facts, **shown, **parts, "cut": cut})


def _names(held: Opened) -> list[tuple[str, int]]:
    """Templates with most posts of the lead first, and how many."""
    rows = held.desk.reader.part("template_posts", "post_id", held.members(), ["template_id"])
    few = rows.group_by("template_id").aggregate([([], "count_all")])
    pairs = zip(few["template_id"].to_pylist(), few["count_all"].to_pylist(), strict=True)
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:MOST_TEXTS]


def _cut(held: Opened, name: str) -> Cut:
    read, mine = held.desk.reader.part, set(held.members())
    cut = read("template_posts", "template_id", [name])
    ids = sorted(one for one in cut["post_id"].to_pylist() if one in mine)[:MOST_COUNTED]
    empty = {kind: read(kind, key, []) for kind, key in _KEYS.items()}
    held_rows = {
        **empty,
        "posts": read("posts", "post_id", ids),
        "template_posts": cut,
        "templates": read("templates", "template_id", [name]),
    }
    (template,), _ = templates(held_rows, ids, {}, 1, most_rows=MOST_COUNTED)
    mentions = read("mentions", "record_id", ids).to_pylist()
    found = columns(template.rows, mentions)
    if held.masked:
        spans = gather.telling(mentions)
        known = redact.masker(held.known())
        shown = [replace(row, record=redact.record(row.record, spans)) for row in template.rows]
        constant = [known(part) if isinstance(part, str) else part for part in template.pattern]
        template = replace(template, rows=shown, pattern=constant)
    return Cut(template, variants(template), found)


_KEYS = {"accounts": "account_id", "payments": "payment_id", "bookings": "booking_id", "pictures": "picture_id"}
_KEYS["incidents"] = "incident_id"


def _sorted(rows: list[Variant], slot: int, *, down: bool) -> list[Variant]:
    """By what a slot shows, rows without it last; by time where none is chosen."""
    if not slot:
        return rows[::-1] if down else rows
    filled = [row for row in rows if row.values.get(slot)]
    order = sorted(filled, key=lambda row: _natural(row.values[slot]), reverse=down)
    return [*order, *(row for row in rows if not row.values.get(slot))]


def _natural(text: str) -> tuple[bool, float, str]:
    """Numbers by their value, before words."""
    digits = text.replace(",", "").replace(" ", "").strip("€$£")
    try:
        return False, float(digits), text.casefold()
    except ValueError:
        return True, 0.0, text.casefold()


PAGE = Page(
    name="texts",
    says="The texts that posts of a lead were made from, their slots as columns, and the rows lined up.",
    routes=(Route("/leads/{lead_id}/texts", "read", texts),),
    view=2,
)
