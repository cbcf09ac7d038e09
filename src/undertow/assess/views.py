"""Tables made once for all indicators: what was found, with the network it was found in.

Every view has `network_id` and `record_id`; those of mentions have `field`, `start`, `end` and `original` too.

| view | one row is | further columns |
|---|---|---|
| network_posts | a post in a network | site, kind, author, alias, posted_at, place, template_id |
| network_cues | a cue | value, language |
| network_contacts | a selector that is no hub | kind, value, detail; those of a post but its kind |
| network_values | a language, an age or a price | kind, value, detail; for a language `original` is '' |
| network_prices | a price that could be read | cents, currency, period |

`author` is site and account, '' where no account is known; `alias` is the account's name alone, as one person who is
on three sites under one name is one person. `place` is the one place that a post stands at: of its place
column, else of its text where that names one place only, else ''. What a report (an incident) says of others is no cue
of the network: reports count through `incident_match`.
"""

from decimal import Decimal, InvalidOperation

import pyarrow as pa

from undertow.engine.base import Dataset, Engine

_PLACES = """
SELECT record_id, CASE WHEN field_place = last_field_place THEN field_place
                       WHEN field_place IS NULL AND place = last_place THEN place ELSE '' END AS place
FROM (
    SELECT record_id, min(value) AS place, max(value) AS last_place,
           min(CASE WHEN field = 'place_text' THEN value END) AS field_place,
           max(CASE WHEN field = 'place_text' THEN value END) AS last_field_place
    FROM mentions WHERE kind = 'place' GROUP BY record_id
) AS named
"""

_POSTS = """
SELECT m.network_id, p.post_id AS record_id, p.site, p.kind,
       CASE WHEN p.account = '' THEN '' ELSE p.site || ' ' || p.account END AS author,
       lower(trim(p.account)) AS alias, p.posted_at, coalesce(w.place, '') AS place,
       coalesce(t.template_id, '') AS template_id
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
       coalesce(p.author, '') AS author, coalesce(p.alias, '') AS alias, coalesce(p.site, '') AS site,
       p.posted_at, coalesce(p.place, '') AS place,
       coalesce(p.template_id, '') AS template_id
FROM mentions AS c
JOIN network_members AS m ON m.record_id = c.record_id
LEFT JOIN network_posts AS p ON p.record_id = c.record_id AND p.network_id = m.network_id
LEFT JOIN hubs AS h ON h.via_kind = c.kind AND h.via = c.value
WHERE c.kind IN ('phone', 'email', 'handle', 'url', 'domain', 'wallet', 'bank', 'device')
AND c.confidence >= 0.5 AND h.via IS NULL
"""

_VALUES = """
SELECT m.network_id, c.record_id, c.field, c.start, c."end", c.kind, c.value, c.detail,
       CASE WHEN c.kind = 'language' THEN '' ELSE c.original END AS original
FROM mentions AS c
JOIN network_members AS m ON m.record_id = c.record_id
WHERE c.kind IN ('language', 'age', 'price')
"""

_AMOUNTS = "SELECT DISTINCT value FROM network_values WHERE kind = 'price'"  # each is read once

_PRICES = """
SELECT v.network_id, v.record_id, v.field, v.start, v."end", v.original, v.detail AS period, a.cents, a.currency
FROM network_values AS v
JOIN amounts AS a ON a.value = v.value
WHERE v.kind = 'price'
"""

_AMOUNT = pa.schema([("value", pa.string()), ("cents", pa.int64()), ("currency", pa.string())])
_UNKNOWN = "?"  # the currency of an amount that names none
_LARGEST = 10**12  # cents; above it a number is no price


def build(engine: Engine) -> dict[str, Dataset]:
    """Every view, by name."""
    posts = engine.query(_POSTS, post_places=engine.query(_PLACES))
    values = engine.query(_VALUES)
    amounts = engine.map_batches(read_amounts, engine.query(_AMOUNTS, network_values=values), _AMOUNT, stage="assess")
    return {
        "network_posts": posts,
        "network_cues": engine.query(_CUES),
        "network_contacts": engine.query(_CONTACTS, network_posts=posts),
        "network_values": values,
        "network_prices": engine.query(_PRICES, network_values=values, amounts=amounts),
    }


def read_amounts(rows: pa.Table) -> pa.Table:
    """Values of prices ("1500 PHP") with amount and currency apart; what is no price is left out."""
    values = rows["value"].to_pylist()
    read = [(value, *price) for value in values if (price := _price(value)) is not None]
    return pa.Table.from_pylist([dict(zip(_AMOUNT.names, one, strict=True)) for one in read], _AMOUNT)


def _price(value: str) -> tuple[int, str] | None:
    amount, _, currency = value.rpartition(" ")
    try:
        cents = int(Decimal(amount) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return (cents, currency) if 0 < cents <= _LARGEST and currency not in ("", _UNKNOWN) else None
