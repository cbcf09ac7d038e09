"""A made-up network of posts for the report's tests: invented people, reserved numbers, mild words."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from undertow.share.contract import Point, Provenance
from undertow.testing import table

MADE = Provenance(
    run_id="20260401-120000-ab12",
    generated_at="2026-04-01 12:00 UTC",
    settings_digest="5f2d9c0a11",
    weights="2026.1",
    versions=(("undertow", "0.1.0"), ("python", "3.11")),
)

START = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
PHONES = (("020 7946 0123", "+442079460123"), ("07700 900456", "+447700900456"))
CITIES = ("Leeds", "York", "Hull", "Bath")
POINTS = {  # by geonameid
    "2644688": Point(53.8, -1.55),
    "2633352": Point(53.96, -1.08),
    "2645425": Point(53.74, -0.33),
    "2656173": Point(51.38, -2.36),
}
NAMES = ("Mira", "Tansy", "Odile", "Fenna", "Junia")
ORIGINAL = "3f" * 32
NOTES = "9a" * 32
NETWORK = "n0000000000000000001"
LEAD = "l0000000000000000001"

Rows = dict[str, list[dict[str, Any]]]


def tables(rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> dict[str, pa.Table]:
    """The made-up world as tables, or any other rows in the same form."""
    return {name: table(name, given) for name, given in (world() if rows is None else rows).items()}


def world() -> Rows:
    """Forty posts in one network, with all that a run would have written about them."""
    posts = [post(number) for number in range(40)]
    return deepcopy(_rows(posts))


def _rows(posts: list[dict[str, Any]]) -> Rows:
    return {
        "originals": [_original(ORIGINAL, "spring export.csv", 41), _original(NOTES, "volunteer notes.jsonl", 0)],
        "posts": posts,
        "mentions": [mention for number, item in enumerate(posts) for mention in _mentions(number, item)],
        "templates": [TEMPLATE],
        "template_posts": [_cut(number, item) for number, item in enumerate(posts) if number % 4],
        "ties": [tie for number, item in enumerate(posts) for tie in _ties(number, item)],
        "hubs": [
            {"via_kind": "domain", "via": "ads.example", "records": 912, "why": "912 records of 300 accounts hold it"}
        ],
        "networks": [NETWORK_ROW, *({"network_id": f"n{number}", "records": 3} for number in range(2, 33))],
        "network_members": [_member(number, item) for number, item in enumerate(posts)],
        "brokers": [BROKER],
        "signals": [
            _signal("shared_contact", NETWORK),
            _signal("daily_move", NETWORK),
            _signal("shared_contact", "n2"),
        ],
        "leads": [LEAD_ROW],
        "rejects": [
            {"original_id": ORIGINAL, "position": "row 12", "stage": "collect", "reason": "a row with too few cells"}
        ],
    }


def post(number: int) -> dict[str, Any]:
    """Post `number`: three of four are made from one template, the rest stand alone but hold a phone."""
    city, name, phone = CITIES[number % 4], NAMES[number % 5], PHONES[number // 22][0]
    text = f"Hi, {name} here, {city} till Sunday. Call {phone} after noon, no texts please."
    if number % 4 == 0:
        text = f"New flat share for helpers near {city} station, ask {name}. Ring {phone}. Details at https://ads.example/{number}"
    return {
        "post_id": f"p{number:019d}",
        "original_id": ORIGINAL,
        "position": f"row {number + 2}",
        "site": ("boards.example", "listings.example", "chat.example")[number % 3],
        "kind": "ad",
        "account": f"{name.lower()}_{number % 7}",
        "url": f"https://boards.example/ad/{number}",
        "posted_at": START + timedelta(days=2 * number, hours=number % 5),
        "title": f"{name} in {city}",
        "text": text,
        "place_text": city,
    }


READ_AS = {
    "fields": {"posted_at": "fecha", "text": "text"},
    "notes": ["posted_at: dates are day first: 31 of 41 could not be month first"],
    "part": "",
    "table": "posts",
}


def _original(sha256: str, name: str, rows: int) -> dict[str, Any]:
    return {
        "original_id": sha256,
        "name": name,
        "bytes": 9000,
        "collected_at": datetime(2026, 3, 31, 8, 0, tzinfo=UTC),
        "collector": "r.analyst",
        "origin": "export of a partner, by e-mail",
        "lawful_basis": "agreement of 2026-01-02",
        "marking": "TLP:AMBER",
        "mapping": json.dumps([READ_AS]) if rows else "",
        "rows": rows,
        "rejects": min(rows, 1),
    }


def _mentions(number: int, item: Mapping[str, Any]) -> list[dict[str, Any]]:
    original, value = PHONES[number // 22]
    city = CITIES[number % 4]
    place = list(POINTS)[number % 4]
    name = NAMES[number % 5]
    found = [
        ("name", name, name, ""),
        ("phone", original, value, ""),
        ("place", city, f"{city}, GB", f"{place}:0.97 {place}1:0.03"),
    ]
    if "https" in item["text"]:
        found.append(("url", f"https://ads.example/{number}", f"ads.example/{number}", ""))
    return [
        {
            "record_id": item["post_id"],
            "field": "text",
            "kind": kind,
            "value": value,
            "detail": detail,
            "original": original,
            "start": item["text"].index(original),
            "end": item["text"].index(original) + len(original),
            "confidence": 1.0,
        }
        for kind, original, value, detail in found
    ]


TEMPLATE: dict[str, Any] = {
    "template_id": "t0000000000000000001",
    "pattern": json.dumps(
        [
            {"text": "Hi, "}, {"slot": 1}, {"text": " here, "}, {"slot": 2},
            {"text": " till Sunday. Call "}, {"slot": 3}, {"text": " after noon, no texts please."},
        ]
    ),
    "posts": 30,
    "accounts": 7,
    "sites": 3,
    "saving": 4200,
}  # fmt: skip


def _cut(number: int, item: Mapping[str, Any]) -> dict[str, Any]:
    held = (NAMES[number % 5], CITIES[number % 4], PHONES[number // 22][0])
    slots = [
        [slot, item["text"].index(text), item["text"].index(text) + len(text)] for slot, text in enumerate(held, 1)
    ]
    return {
        "template_id": TEMPLATE["template_id"],
        "post_id": item["post_id"],
        "similarity": 0.9,
        "slots": json.dumps(slots),
    }


def _ties(number: int, item: Mapping[str, Any]) -> list[dict[str, Any]]:
    held = [("phone", PHONES[number // 22][1], 7400, False)]
    held += [("template", TEMPLATE["template_id"], 5100, False)] if 14 < number < 30 and number % 4 else []
    held += [("handle", f"telegram:{NAMES[number % 5].lower()}", 4100, False)] if number % 3 == 0 else []
    held += [("domain", "ads.example", 10, True)] if number % 4 == 0 else []
    return [
        {"record_id": item["post_id"], "via_kind": kind, "via": via, "weight": weight, "records": 20, "capped": capped}
        for kind, via, weight, capped in held
    ]


NETWORK_ROW: dict[str, Any] = {
    "network_id": NETWORK, "records": 40, "accounts": 35, "sites": 3, "places": 4, "selectors": 7, "templates": 1,
    "first_seen": START, "last_seen": START + timedelta(days=78), "weakest": 4100,
}  # fmt: skip


def _member(number: int, item: Mapping[str, Any]) -> dict[str, Any]:
    before = f"p{max(0, number - 1):019d}" if number else ""
    value = PHONES[number // 22][1]
    return {
        "network_id": NETWORK,
        "record_id": item["post_id"],
        "from_record": before,
        "via_kind": "phone" if number else "",
        "via": value if number else "",
        "weight": 7400 - number,
        "why": f"both give the phone {value}" if number else "",
    }


BROKER: dict[str, Any] = {
    "network_id": NETWORK, "node_kind": "template", "node": TEMPLATE["template_id"], "reach": 0, "score": 396,
    "parts": 2, "largest_part": 22, "apart": "22 records of +442079460123 and 18 of +447700900456 would no longer meet",
}  # fmt: skip


def _signal(indicator: str, subject: str) -> dict[str, Any]:
    return {"subject_kind": "network", "subject_id": subject, "indicator": indicator, "strength": 100}


def _span(number: int, held: str) -> dict[str, Any]:
    item = post(number)
    start = item["text"].index(held)
    return {"record_id": item["post_id"], "field": "text", "start": start, "end": start + len(held)}


REASONS: list[dict[str, Any]] = [
    {
        "indicator": "shared_contact",
        "says": "The same contact stands in the ads of two or more people.",
        "why": "The phone +442079460123 stands in 22 posts under 5 names.",
        "points": 24,
        "raw": 30,
        "family": "control",
        "base_rate": 0.031,
        "source": "FinCEN FIN-2020-A008, financial indicator 6",
        "grade": "official",
        "harmless": "agencies, dispatchers and friends share a phone too",
        "records": 22,
        "speaks_to": ["means"],
        "examples": [_span(1, "020 7946 0123"), _span(2, "020 7946 0123"), _span(30, "07700 900456")],
    },
    {
        "indicator": "daily_move",
        "says": "The ads move between cities every few days.",
        "why": "40 posts name 4 cities in 78 days, a new one every second day.",
        "points": 13,
        "family": "movement",
        "base_rate": 0.12,
        "source": "Ibanez and Suthers 2014",
        "grade": "study",
        "harmless": "people who tour by their own choice move as often",
        "records": 40,
        "examples": [_span(3, "Bath"), _span(6, "Hull")],
    },
    {
        "indicator": "moved_for_work",
        "says": "Work and a bed are offered together.",
        "why": "10 posts offer a flat share to helpers.",
        "points": 6,
        "family": "recruitment",
        "base_rate": 0.34,
        "source": "ILO, Indicators of forced labour (2012)",
        "grade": "lore",
        "harmless": "farms, ships and hotels house their staff",
        "records": 10,
        "examples": [_span(4, "flat share for helpers")],
    },
]

AGAINST: list[dict[str, Any]] = [
    {
        "indicator": "one_author",
        "says": "One person may have written all of it.",
        "why": "All 30 texts of the template keep the same greeting and the same closing words.",
        "points": 4,
        "family": "author",
        "source": "own observation, untested",
        "grade": "lore",
        "harmless": "",
        "records": 30,
        "examples": [_span(5, "no texts please")],
    }
]

LEAD_ROW: dict[str, Any] = {
    "lead_id": LEAD, "network_id": NETWORK, "score": 39, "band": "watch", "act": 13, "means": 24, "purpose": 6,
    "organised_risk": 610, "spam": 120, "scam": 40, "business": 150, "independent": 80, "records": 40,
    "first_seen": START, "last_seen": START + timedelta(days=78), "reasons": json.dumps(REASONS),
    "against": json.dumps(AGAINST), "weights": "2026.1", "digest": "aa",
}  # fmt: skip


HOSTILE = "<script>alert(1)</script> \"'& \u202e https://evil.example/x \x00 " + "W" * 3_000


def hostile() -> Rows:
    """The world with every text from outside replaced by one that tries to break the page."""
    rows = world()
    for item in rows["posts"]:
        item |= {"text": HOSTILE, "title": HOSTILE, "site": HOSTILE, "account": HOSTILE, "url": HOSTILE}
    for name in ("name", "origin", "marking", "lawful_basis"):
        rows["originals"][0][name] = HOSTILE
    rows["hubs"][0] |= {"why": HOSTILE}
    rows["brokers"][0] |= {"apart": HOSTILE}
    rows["templates"][0]["pattern"] = json.dumps([{"text": HOSTILE}, {"slot": 1}])
    rows["leads"][0] |= {"band": HOSTILE, "weights": HOSTILE}
    reason = dict.fromkeys(("indicator", "says", "why", "family", "source", "grade", "harmless"), "\ud800" + HOSTILE)
    rows["leads"][0]["reasons"] = json.dumps([reason | {"points": 5, "speaks_to": [HOSTILE]}])
    rows["ties"] += [{"record_id": f"p{number:019d}", "via_kind": HOSTILE, "via": HOSTILE} for number in (1, 2)]
    return rows
