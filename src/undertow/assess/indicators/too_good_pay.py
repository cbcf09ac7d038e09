"""Pay far above what others here offer."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

ORDINARY = [Post(kind="job", price=("1000 PHP", "day"), network="n2") for _ in range(20)]

INDICATOR = Indicator(
    name="too_good_pay",
    version=1,
    says="The pay offered is at least three times what offers here pay, or praised as more than one could expect.",
    source="DMW of the Philippines: too good to be true; EMSCAD replication, flag 2; memex_ad_features: quantiles",
    grade="study",
    speaks_to=frozenset({"act"}),
    family="offer",
    harmless="senior or dangerous work, a price read wrongly, pay for a longer time than was understood",
    # The middle of at least 20 offers of one currency and period; three times it is a guess.
    sql=f"""
WITH offers AS (
    SELECT network_id, record_id FROM network_posts WHERE kind = 'job'
    UNION
    SELECT network_id, record_id FROM network_cues
    WHERE value IN ('no_experience', 'housing_provided', 'transport_provided', 'too_good_pay', 'scam_compound_offer')
),
pay AS (
    SELECT p.network_id, p.record_id, p.field, p.start, p."end", p.cents, p.currency, p.period, p.original
    FROM network_prices AS p
    JOIN offers AS o ON o.network_id = p.network_id AND o.record_id = p.record_id
    WHERE p.period IN ('hour', 'day', 'week', 'month', 'year')
),
placed AS (
    SELECT currency, period, cents,
           row_number() OVER (PARTITION BY currency, period ORDER BY cents, record_id, field, start) AS place,
           count(*) OVER (PARTITION BY currency, period) AS offers
    FROM pay
),
middle AS (SELECT currency, period, cents, offers FROM placed WHERE place = (offers + 1) // 2 AND offers >= 20)
SELECT p.network_id AS subject_id, p.record_id, p.field, p.start, p."end", 100 AS strength,
       'offers ' || p.original || ' a ' || p.period || ': the middle of ' || CAST(m.offers AS varchar)
       || ' offers here is ' || CAST(m.cents // 100 AS varchar) || ' ' || m.currency AS why
FROM pay AS p
JOIN middle AS m ON m.currency = p.currency AND m.period = p.period
WHERE p.cents >= 3 * m.cents
UNION ALL
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 60 AS strength, {quoted("c")} AS why
FROM network_cues AS c WHERE c.value = 'too_good_pay'""",
    given=scene(Post(kind="job", price=("5000 PHP", "day")), *ORDINARY),
    expect=[("n1", "p1", "offers 5000 PHP a day: the middle of 21 offers here is 1000 PHP")],
    given_harmless=scene(Post(kind="job", price=("5000 PHP", "week")), *ORDINARY),
)
