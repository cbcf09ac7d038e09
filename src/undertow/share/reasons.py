"""Reads what a lead says for and against itself: the JSON lists in `leads.reasons` and `leads.against`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from undertow.share.contract import Family, Reason, Span


def read(text: str) -> tuple[Reason, ...]:
    """The reasons in a JSON list, heaviest first; a missing key is empty, and a text that is no list says nothing."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return ()
    reasons = [_reason(item) for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.points), reason.indicator)))


def families(reasons: Sequence[Reason]) -> tuple[Family, ...]:
    """What each family adds to the sum, heaviest first: signs of one family are not independent of each other."""
    by_name: dict[str, list[Reason]] = {}
    for reason in reasons:
        by_name.setdefault(reason.family or reason.indicator, []).append(reason)
    made = (
        Family(
            name,
            tuple(reason.indicator for reason in group),
            sum(reason.points if reason.raw is None else reason.raw for reason in group),
            sum(reason.points for reason in group),
        )
        for name, group in by_name.items()
    )
    return tuple(sorted(made, key=lambda family: (-abs(family.points), family.name)))


def _reason(item: Mapping[str, Any]) -> Reason:
    name = _text(item, "indicator")
    return Reason(
        indicator=name,
        says=_text(item, "says") or name.replace("_", " "),
        why=_text(item, "why"),
        points=_number(item, "points") or 0,
        raw=_number(item, "raw"),
        family=_text(item, "family"),
        grade=_text(item, "grade"),
        source=_text(item, "source"),
        harmless=_text(item, "harmless"),
        base_rate=_number(item, "base_rate"),
        language=_text(item, "language"),
        language_rate=_number(item, "language_rate"),
        records=_count(item.get("records")),
        speaks_to=tuple(str(name) for name in item.get("speaks_to") or ()),
        examples=_spans(item.get("examples")),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _number(item: Mapping[str, Any], key: str) -> float | None:
    value = item.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: object) -> int:
    """How many records show it: written as a number, or as the list of their ids."""
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) else 0


def _spans(value: object) -> tuple[Span, ...]:
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return tuple(
        Span(_text(item, "record_id"), _text(item, "field"), _count(item.get("start")), _count(item.get("end")))
        for item in items
    )
