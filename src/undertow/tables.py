"""The tables that stages read and write: the whole contract between them, as Arrow schemas.

Times are UTC with the text as found beside them; money keeps amount and currency. Ids come from `undertow.ids`.
A machine table can be deleted and made again; what must be backed up is named in the guide on workspaces.
"""

from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
TIME = pa.timestamp("us", tz="UTC")
COUNT = pa.int64()
MONEY = pa.decimal128(38, 8)  # eight places: the smallest unit of bitcoin


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, the stage that writes it, the columns that name a row, and what a row is."""

    name: str
    stage: str
    row: str
    key: tuple[str, ...]
    schema: pa.Schema


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns])


_WHERE = (("original_id", TEXT), ("position", TEXT))
_EXTRA = ("extra", TEXT)  # JSON object of every column or field that no other column took; "" where there is none

_ALL = (
    Table(
        "originals",
        "collect",
        "a file received",
        ("original_id",),
        _schema(
            ("original_id", TEXT),  # sha256, hex
            ("name", TEXT),
            ("media_type", TEXT),
            ("bytes", COUNT),
            ("collected_at", TIME),
            ("collector", TEXT),
            ("origin", TEXT),
            ("lawful_basis", TEXT),
            ("marking", TEXT),
            ("retain_until", TIME),
            ("source", TEXT),
            ("version", pa.int32()),  # the reader that read it
            ("mapping", TEXT),  # JSON: which column became which field, and every assumption made (dates, encoding)
            ("rows", COUNT),
            ("rejects", COUNT),
        ),
    ),
    Table(
        "posts",
        "collect",
        "a post: ad, social post, message, job offer, review",
        ("post_id",),
        _schema(
            ("post_id", TEXT),
            *_WHERE,
            ("site", TEXT),
            ("kind", TEXT),  # ad, social, message, job, review, page or post
            ("account", TEXT),
            ("url", TEXT),
            ("posted_at", TIME),
            ("posted_text", TEXT),
            ("title", TEXT),
            ("text", TEXT),
            ("place_text", TEXT),
            ("price_text", TEXT),
            ("language", TEXT),
            ("country", TEXT),  # as the source says them; "" where it does not
            _EXTRA,
        ),
    ),
    Table(
        "accounts",
        "collect",
        "an account on a site",
        ("account_id",),
        _schema(
            ("account_id", TEXT),
            *_WHERE,
            ("site", TEXT),
            ("handle", TEXT),
            ("name", TEXT),
            ("url", TEXT),
            ("created_at", TIME),
            ("created_text", TEXT),
            ("text", TEXT),
            ("place_text", TEXT),
            ("phone", TEXT),
            ("email", TEXT),
            ("device", TEXT),
            ("ip", TEXT),
            ("country", TEXT),
            _EXTRA,
        ),
    ),
    Table(
        "payments",
        "collect",
        "a payment",
        ("payment_id",),
        _schema(
            ("payment_id", TEXT),
            *_WHERE,
            ("site", TEXT),
            ("paid_at", TIME),
            ("paid_text", TEXT),
            ("amount", MONEY),
            ("amount_text", TEXT),
            ("currency", TEXT),
            ("payer", TEXT),
            ("payee", TEXT),
            ("method", TEXT),
            ("text", TEXT),
            ("place_text", TEXT),
            ("country", TEXT),
            _EXTRA,
        ),
    ),
    Table(
        "bookings",
        "collect",
        "a journey or a room booked",
        ("booking_id",),
        _schema(
            ("booking_id", TEXT),
            *_WHERE,
            ("site", TEXT),
            ("kind", TEXT),
            ("traveller", TEXT),
            ("payer", TEXT),
            ("origin_text", TEXT),
            ("destination_text", TEXT),
            ("booked_at", TIME),
            ("starts_at", TIME),
            ("ends_at", TIME),
            ("starts_text", TEXT),
            ("amount", MONEY),
            ("amount_text", TEXT),
            ("currency", TEXT),
            ("text", TEXT),
            ("country", TEXT),
            _EXTRA,
        ),
    ),
    Table(
        "pictures",
        "collect",
        "a picture, by its hashes or its file",
        ("picture_id",),
        _schema(
            ("picture_id", TEXT),
            *_WHERE,
            ("site", TEXT),
            ("post", TEXT),
            ("account", TEXT),
            ("url", TEXT),
            ("sha256", TEXT),
            ("pdq", TEXT),
            ("width", pa.int32()),
            ("height", pa.int32()),
            ("taken_at", TIME),
            ("taken_text", TEXT),
            ("text", TEXT),
            _EXTRA,
        ),
    ),
    Table(
        "incidents",
        "collect",
        "a case or report that someone else recorded",
        ("incident_id",),
        _schema(
            ("incident_id", TEXT),
            *_WHERE,
            ("site", TEXT),
            ("kind", TEXT),
            ("reported_at", TIME),
            ("reported_text", TEXT),
            ("place_text", TEXT),
            ("title", TEXT),
            ("text", TEXT),
            ("language", TEXT),
            ("country", TEXT),
            _EXTRA,
        ),
    ),
    Table(
        "rejects",
        "collect",
        "what could not be read, or a plug-in that failed on a record",
        ("original_id", "position", "stage"),
        _schema(
            *_WHERE,
            ("stage", TEXT),
            ("reason", TEXT),
            ("excerpt", TEXT),
        ),
    ),
    Table(
        "mentions",
        "extract",
        "a value found in a record",
        ("record_id", "field", "start", "kind", "value"),
        _schema(
            ("record_id", TEXT),
            ("field", TEXT),  # the column of the record that the span points into: text, title, place_text, ...
            (
                "kind",
                TEXT,
            ),  # phone, email, url, domain, handle, wallet, bank, price, age, date, place, cue, language, ...
            ("value", TEXT),  # normalised; the original where normalising failed
            ("detail", TEXT),  # platform of a handle, coin of a wallet, unit of a price, candidates of a place, ...
            ("original", TEXT),
            ("start", pa.int32()),
            ("end", pa.int32()),  # characters (code points) of the field as received
            ("confidence", pa.float64()),
            ("finder", TEXT),
            ("version", pa.int32()),
        ),
    ),
    Table(
        "templates",
        "match",
        "text that a group of posts was made from",
        ("template_id",),
        _schema(
            ("template_id", TEXT),
            ("pattern", TEXT),  # JSON list of {"text": ...} and {"slot": number}
            ("posts", COUNT),
            ("accounts", COUNT),
            ("sites", COUNT),
            ("first_seen", TIME),
            ("last_seen", TIME),
            ("saving", COUNT),  # description length saved, in bits (minimum description length)
        ),
    ),
    Table(
        "template_posts",
        "match",
        "a post's place in a template",
        ("template_id", "post_id"),
        _schema(
            ("template_id", TEXT),
            ("post_id", TEXT),
            ("similarity", pa.float64()),
            ("slots", TEXT),  # JSON list of [slot number, start, end] in the post's text as received
        ),
    ),
    Table(
        "ties",
        "link",
        "a record and something it shares",
        ("record_id", "via_kind", "via"),
        _schema(
            ("record_id", TEXT),
            ("via_kind", TEXT),
            ("via", TEXT),
            ("weight", COUNT),  # thousandths of a nat: rarer is heavier, a hub weighs little
            ("records", COUNT),  # how many records share it
            ("capped", pa.bool_()),  # a hub, or cut by a person: it holds nothing together
        ),
    ),
    Table(
        "hubs",
        "link",
        "something shared by too many to prove anything, or cut by a person",
        ("via_kind", "via"),
        _schema(
            ("via_kind", TEXT),
            ("via", TEXT),
            ("records", COUNT),
            ("templates", COUNT),
            ("accounts", COUNT),
            ("places", COUNT),
            ("why", TEXT),
        ),
    ),
    Table(
        "networks",
        "link",
        "what ties hold together",
        ("network_id",),
        _schema(
            ("network_id", TEXT),
            ("records", COUNT),
            ("accounts", COUNT),
            ("sites", COUNT),
            ("places", COUNT),
            ("selectors", COUNT),
            ("templates", COUNT),
            ("first_seen", TIME),
            ("last_seen", TIME),
            ("weakest", COUNT),  # weight of the weakest link that holds it together, thousandths of a nat
        ),
    ),
    Table(
        "network_members",
        "link",
        "a record in a network",
        ("network_id", "record_id"),
        _schema(
            ("network_id", TEXT),
            ("record_id", TEXT),
            ("from_record", TEXT),
            ("via_kind", TEXT),
            ("via", TEXT),
            ("weight", COUNT),  # the strongest step in; "" for the first
            ("why", TEXT),
        ),
    ),
    Table(
        "lineage",
        "link",
        "how a network came from networks of an earlier run",
        ("network_id", "from_network_id"),
        _schema(
            ("network_id", TEXT),
            ("from_network_id", TEXT),
            ("event", TEXT),
            ("records", COUNT),  # grew, merged, split
        ),
    ),
    Table(
        "brokers",
        "link",
        "a node without which parts of a network would not meet",
        ("network_id", "node_kind", "node"),
        _schema(
            ("network_id", TEXT),
            ("node_kind", TEXT),
            ("node", TEXT),
            ("score", COUNT),  # pairs of records that would no longer meet
            ("parts", COUNT),
            ("largest_part", COUNT),
            ("apart", TEXT),
        ),
    ),
    Table(
        "signals",
        "assess",
        "an indicator found on a subject",
        ("subject_id", "indicator", "record_id", "start"),
        _schema(
            ("subject_kind", TEXT),
            ("subject_id", TEXT),
            ("indicator", TEXT),
            ("version", pa.int32()),
            ("strength", COUNT),  # hundredths: 100 is a full sign
            ("record_id", TEXT),
            ("field", TEXT),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("why", TEXT),
        ),
    ),
    Table(
        "leads",
        "assess",
        "what an analyst should open next",
        ("lead_id",),
        _schema(
            ("lead_id", TEXT),
            ("network_id", TEXT),
            ("score", COUNT),
            ("band", TEXT),
            ("act", COUNT),
            ("means", COUNT),
            ("purpose", COUNT),  # share of the score that speaks to each, in points
            ("organised_risk", COUNT),
            ("spam", COUNT),
            ("scam", COUNT),
            ("business", COUNT),
            ("independent", COUNT),  # points in 1,000
            ("records", COUNT),
            ("first_seen", TIME),
            ("last_seen", TIME),
            ("reasons", TEXT),
            ("against", TEXT),  # JSON lists of {indicator, points, why, source, records, ...}
            ("weights", TEXT),  # version of the weights
            ("digest", TEXT),  # changes when the lead's state changes: "new since" rests on it
        ),
    ),
    Table(
        "cuts",
        "review",
        "a selector that a person marked as shared or wrong",
        ("via_kind", "via"),
        _schema(
            ("via_kind", TEXT),
            ("via", TEXT),
            ("because", TEXT),
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}

RECORDS: dict[str, str] = {  # table of a record kind: the letter that its ids begin with
    "posts": "p",
    "accounts": "a",
    "payments": "m",
    "bookings": "b",
    "pictures": "i",
    "incidents": "c",
}

TEXT_FIELDS: dict[str, tuple[str, ...]] = {  # the columns of each record kind that finders read
    "posts": ("title", "text", "place_text", "price_text", "account", "url"),
    "accounts": ("handle", "name", "url", "text", "place_text", "phone", "email"),
    "payments": ("payer", "payee", "text", "place_text"),
    "bookings": ("traveller", "payer", "origin_text", "destination_text", "text"),
    "pictures": ("url", "text"),
    "incidents": ("title", "text", "place_text"),
}

SELECTORS: tuple[str, ...] = ("phone", "email", "handle", "url", "domain", "wallet", "bank", "device")


def empty(name: str) -> pa.Table:
    """The table `name` with no rows."""
    return TABLES[name].schema.empty_table()
