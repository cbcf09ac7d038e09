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
    SELECT network_id, kind, value, record_id, field, start, "end", place,
           date_diff('day', CAST('1970-01-05' AS date), CAST(posted_at AS date)) AS day
    FROM network_contacts WHERE place <> '' AND posted_at IS NOT NULL AND kind IN {PERSONAL}
),
weeks AS (
    SELECT *, day // 7 AS week, 0 AS phase FROM seen
    UNION ALL
    SELECT *, (day + 3) // 7 AS week, 1 AS phase FROM seen
),
busy AS (
    SELECT network_id, kind, value, week, phase, count(DISTINCT place) AS n FROM weeks
    GROUP BY network_id, kind, value, week, phase HAVING count(DISTINCT place) >= 3
)
SELECT w.network_id AS subject_id, w.record_id, w.field, w.start, w."end", least(100, 25 * max(b.n)) AS strength,
       'this contact stands in ' || CAST(max(b.n) AS varchar) || ' places within seven days' AS why
FROM weeks AS w
JOIN busy AS b ON b.network_id = w.network_id AND b.kind = w.kind AND b.value = w.value
    AND b.week = w.week AND b.phase = w.phase
GROUP BY w.network_id, w.record_id, w.field, w.start, w."end\"""",
    scope="network",
    given=scene(*(Post(at=at, place=place, contacts=NUMBER) for at, place in TOUR)),
    expect=[("n1", record, "this contact stands in 3 places within seven days") for record in ("p1", "p2", "p3")],
    given_harmless=scene(*(Post(at=at.replace("03-07", "04-17"), place=place, contacts=NUMBER) for at, place in TOUR)),
)
