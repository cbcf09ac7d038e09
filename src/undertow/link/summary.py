"""What a network holds, counted in SQL over the tables just written; and how broad each hub is."""

from undertow.engine.base import Dataset, Engine
from undertow.link.options import LIMITS
from undertow.tables import SELECTORS

_RECORDS = """
    SELECT post_id AS record_id, site, posted_at AS seen_at FROM posts
    UNION ALL SELECT account_id AS record_id, site, created_at AS seen_at FROM accounts
    UNION ALL SELECT payment_id AS record_id, site, paid_at AS seen_at FROM payments
    UNION ALL SELECT booking_id AS record_id, site, coalesce(starts_at, booked_at) AS seen_at FROM bookings
    UNION ALL SELECT picture_id AS record_id, site, taken_at AS seen_at FROM pictures
    UNION ALL SELECT incident_id AS record_id, site, reported_at AS seen_at FROM incidents
"""

_PLACES = f"""
    SELECT DISTINCT record_id, value AS place FROM mentions
    WHERE kind = 'place' AND confidence >= {LIMITS["confidence"]}
"""

_SELECTORS = ", ".join(f"'{kind}'" for kind in SELECTORS)

_NETWORKS = f"""
    WITH seen AS (
        SELECT m.network_id, count(*) AS records, count(DISTINCT CASE WHEN r.site <> '' THEN r.site END) AS sites,
            min(r.seen_at) AS first_seen, max(r.seen_at) AS last_seen,
            coalesce(min(CASE WHEN m.via <> '' THEN m.weight END), 0) AS weakest
        FROM network_members AS m LEFT JOIN ({_RECORDS}) AS r ON m.record_id = r.record_id
        GROUP BY m.network_id
    ), held AS (
        SELECT m.network_id,
            count(DISTINCT CASE WHEN t.via_kind = 'account' THEN t.via END) AS accounts,
            count(DISTINCT CASE WHEN t.via_kind = 'template' THEN t.via END) AS templates,
            count(DISTINCT CASE WHEN t.via_kind IN ({_SELECTORS}) AND NOT t.capped
                THEN t.via_kind || ':' || t.via END) AS selectors
        FROM network_members AS m JOIN ties AS t ON m.record_id = t.record_id
        GROUP BY m.network_id
    ), stood AS (
        SELECT m.network_id, count(DISTINCT p.place) AS places
        FROM network_members AS m JOIN ({_PLACES}) AS p ON m.record_id = p.record_id
        GROUP BY m.network_id
    )
    SELECT s.network_id, s.records, coalesce(h.accounts, 0) AS accounts, s.sites, coalesce(p.places, 0) AS places,
        coalesce(h.selectors, 0) AS selectors, coalesce(h.templates, 0) AS templates,
        s.first_seen, s.last_seen, s.weakest
    FROM seen AS s LEFT JOIN held AS h ON s.network_id = h.network_id
    LEFT JOIN stood AS p ON s.network_id = p.network_id
"""

_HUBS = f"""
    WITH hub AS (SELECT record_id, via_kind, via, records FROM ties WHERE capped), beside AS (
        SELECT h.via_kind, h.via,
            count(DISTINCT CASE WHEN t.via_kind = 'template' THEN t.via END) AS templates,
            count(DISTINCT CASE WHEN t.via_kind = 'account' THEN t.via END) AS accounts
        FROM hub AS h JOIN ties AS t ON h.record_id = t.record_id
        GROUP BY h.via_kind, h.via
    ), stood AS (
        SELECT h.via_kind, h.via, count(DISTINCT p.place) AS places
        FROM hub AS h JOIN ({_PLACES}) AS p ON h.record_id = p.record_id
        GROUP BY h.via_kind, h.via
    ), sized AS (SELECT via_kind, via, max(records) AS records FROM hub GROUP BY via_kind, via)
    SELECT z.via_kind, z.via, z.records, b.templates, b.accounts, coalesce(s.places, 0) AS places
    FROM sized AS z JOIN beside AS b ON z.via_kind = b.via_kind AND z.via = b.via
    LEFT JOIN stood AS s ON z.via_kind = s.via_kind AND z.via = s.via
"""


def networks(engine: Engine) -> Dataset:
    """The rows of `networks`, from `network_members` and `ties` as they stand."""
    return engine.query(_NETWORKS)


def hubs(engine: Engine) -> Dataset:
    """Every capped value with its records, and the templates, accounts and places of those records."""
    return engine.query(_HUBS)
