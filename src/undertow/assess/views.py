"""Tables made once for all indicators: what was found, with the network it was found in.

Every view has `network_id` and `record_id`; those of mentions have `field`, `start`, `end` and `original` too.

| view | one row is | further columns |
|---|---|---|
| network_posts | a post in a network | site, kind, author, posted_at, place, template_id |
| network_cues | a cue | value, language |
| network_contacts | a selector that is no hub | kind, value, detail, author, site, posted_at, place, template_id |
| network_values | a language, age, date, place or price | kind, value, detail |
| network_prices | a price that could be read | cents, currency, period |

`author` is site and account, '' where no account is known. `place` is the one place that a post stands at: of its place
column, else of its text where that names one place only, else ''. What a report (an incident) says of others is no cue
of the network: reports count through `incident_match`.
"""

from decimal import Decimal, InvalidOperation

import pyarrow as pa

from undertow.engine.base import Dataset, Engine

_PLACES = """
SELECT record_id,
       CASE WHEN count(DISTINCT CASE WHEN field = 'place_text' THEN value END) = 1
            THEN min(CASE WHEN field = 'place_text' THEN value END)
            WHEN count(DISTINCT value) = 1 THEN min(value) ELSE '' END AS place
FROM mentions WHERE kind = 'place' GROUP BY record_id
"""

_POSTS = """
SELECT m.network_id, p.post_id AS record_id, p.site, p.kind,
       CASE WHEN p.account = '' THEN '' ELSE p.site || ' ' || p.account END AS author,
       p.posted_at, coalesce(w.place, '') AS place, coalesce(t.template_id, '') AS template_id
FROM posts AS p
JOIN network_members AS m ON m.record_id = p.post_id
LEFT JOIN post_places AS w ON w.record_id = p.post_id
LEFT JOIN template_posts AS t ON t.post_id = p.post_id
"""

_CUES = """
SELECT m.network_id, c.record_id, c.field, c.start, c."end", c.value, c.detail AS language, c.original
FROM mentions AS c
JOIN network_members AS m ON m.record_id = c.record_id
WHERE c.kind = 'cue' AND NOT EXISTS (SELECT 1 FROM incidents AS i WHERE i.incident_id = c.record_id)
"""

_CONTACTS = """
SELECT m.network_id, c.record_id, c.field, c.start, c."end", c.kind, c.value, c.detail, c.original,
       coalesce(p.author, '') AS author, coalesce(p.site, '') AS site, p.posted_at, coalesce(p.place, '') AS place,
       coalesce(p.template_id, '') AS template_id
FROM mentions AS c
JOIN network_members AS m ON m.record_id = c.record_id
LEFT JOIN network_posts AS p ON p.record_id = c.record_id AND p.network_id = m.network_id
LEFT JOIN hubs AS h ON h.via_kind = c.kind AND h.via = c.value
WHERE c.kind IN ('phone', 'email', 'handle', 'url', 'domain', 'wallet', 'bank', 'device')
AND c.confidence >= 0.5 AND h.via IS NULL
"""

_VALUES = """
SELECT m.network_id, c.record_id, c.field, c.start, c."end", c.kind, c.value, c.detail, c.original
FROM mentions AS c
JOIN network_members AS m ON m.record_id = c.record_id
WHERE c.kind IN ('language', 'age', 'date', 'place', 'price')
"""

_PRICES = "SELECT * FROM network_values WHERE kind = 'price' AND value <> ''"

_PRICE = pa.schema(
    [
        *((name, pa.string()) for name in ("network_id", "record_id", "field")),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("cents", pa.int64()),
        *((name, pa.string()) for name in ("currency", "period", "original")),
    ]
)
_UNKNOWN = "?"  # the currency of an amount that names none
_LARGEST = 10**12  # cents; above it a number is no price


def build(engine: Engine) -> dict[str, Dataset]:
    """Every view, by name."""
    posts = engine.query(_POSTS, post_places=engine.query(_PLACES))
    values = engine.query(_VALUES)
    prices = engine.query(_PRICES, network_values=values)
    return {
        "network_posts": posts,
        "network_cues": engine.query(_CUES),
        "network_contacts": engine.query(_CONTACTS, network_posts=posts),
        "network_values": values,
        "network_prices": engine.map_batches(read_prices, prices, _PRICE, stage="assess"),
    }


def read_prices(rows: pa.Table) -> pa.Table:
    """Rows of `network_values` that hold prices, with amount and currency apart; what is no price is left out."""
    read = [_price(value) for value in rows["value"].to_pylist()]
    kept = rows.filter(pa.array([price is not None for price in read], pa.bool_()))
    good = [price for price in read if price is not None]
    return pa.table(
        {
            **{name: kept[name] for name in ("network_id", "record_id", "field", "start", "end", "original")},
            "period": kept["detail"],
            "cents": pa.array([cents for cents, _ in good], pa.int64()),
            "currency": pa.array([currency for _, currency in good], pa.string()),
        }
    ).select(_PRICE.names)


def _price(value: str) -> tuple[int, str] | None:
    amount, _, currency = value.rpartition(" ")
    try:
        cents = int(Decimal(amount) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return (cents, currency) if 0 < cents <= _LARGEST and currency not in ("", _UNKNOWN) else None
