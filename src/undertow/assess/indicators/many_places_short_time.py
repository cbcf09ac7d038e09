"""One contact moves fast."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]
TOUR = (("2026-03-02", "Cebu City, PH"), ("2026-03-04", "Davao, PH"), ("2026-03-07", "Manila, PH"))

INDICATOR = Indicator(
    name="many_places_short_time",
    version=1,
    says="One contact stands in three or more places within seven days.",
    source="T-Net (AAAI 2024), labelling functions: radius a day; FinCEN FIN-2020-A008, financial indicator 1",
    grade="study",
    speaks_to=frozenset({"act"}),
    family="movement",
    harmless="adults who tour, drivers, agencies with offices; outcomes refute 'new in town' as a sign (JIRN 2024)",
    # Weeks of two phases, so that seven days across a week's edge are mostly caught without comparing all pairs.
    sql=f"""
WITH seen AS (
    SELECT network_id, kind, value, record_id, place,
           date_diff('day', CAST('1970-01-05' AS date), CAST(posted_at AS date)) AS day
    FROM network_contacts WHERE place <> '' AND posted_at IS NOT NULL AND kind IN {PERSONAL}
),
weeks AS (
    SELECT *, day // 7 AS week, 0 AS phase FROM seen
    UNION ALL
    SELECT *, (day + 3) // 7 AS week, 1 AS phase FROM seen
),
stays AS (
    SELECT network_id, kind, value, week, phase, place, min(record_id) AS record_id FROM weeks
    GROUP BY network_id, kind, value, week, phase, place
),
busy AS (
    SELECT network_id, kind, value, week, phase, count(*) AS n FROM stays
    GROUP BY network_id, kind, value, week, phase HAVING count(*) >= 3
),
shown AS (
    SELECT s.network_id, s.kind, s.value, s.record_id, max(b.n) AS n FROM stays AS s
    JOIN busy AS b ON b.network_id = s.network_id AND b.kind = s.kind AND b.value = s.value
        AND b.week = s.week AND b.phase = s.phase
    GROUP BY s.network_id, s.kind, s.value, s.record_id
)
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", least(100, 25 * s.n) AS strength,
       'this contact stands in ' || CAST(s.n AS varchar) || ' places within seven days' AS why
FROM shown AS s
JOIN network_contacts AS c
    ON c.network_id = s.network_id AND c.kind = s.kind AND c.value = s.value AND c.record_id = s.record_id""",
    scope="network",
    given=scene(*(Post(at=at, place=place, contacts=NUMBER) for at, place in TOUR)),
    expect=[("n1", record, "this contact stands in 3 places within seven days") for record in ("p1", "p2", "p3")],
    given_harmless=scene(*(Post(at=at.replace("03-07", "04-17"), place=place, contacts=NUMBER) for at, place in TOUR)),
)
