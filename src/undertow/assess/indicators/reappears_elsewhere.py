"""One contact falls silent and comes back somewhere else."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="reappears_elsewhere",
    version=1,
    says="One contact is silent for 60 days or more and comes back in another place.",
    source="investigators' lore on circuits; no study with outcomes found, and 'new in town' is refuted (JIRN 2024)",
    grade="lore",
    speaks_to=frozenset({"act"}),
    family="movement",
    harmless="seasonal work, holidays, a move, a number that was given to somebody else",
    sql=f"""
WITH steps AS (
    SELECT network_id, kind, value, record_id, field, start, "end", place, posted_at,
           lag(posted_at) OVER (PARTITION BY network_id, kind, value ORDER BY posted_at, record_id, field, start)
               AS time_before,
           lag(place) OVER (PARTITION BY network_id, kind, value ORDER BY posted_at, record_id, field, start)
               AS place_before
    FROM network_contacts WHERE place <> '' AND posted_at IS NOT NULL AND kind IN {PERSONAL}
),
gaps AS (SELECT *, date_diff('day', CAST(time_before AS date), CAST(posted_at AS date)) AS days FROM steps)
SELECT network_id AS subject_id, record_id, field, start, "end", 100 AS strength,
       'comes back after ' || CAST(days AS varchar) || ' days in ' || place || ', before in ' || place_before AS why
FROM gaps WHERE place <> place_before AND days >= 60""",
    scope="network",
    given=scene(
        Post(at="2026-01-01", place="Cebu City, PH", contacts=NUMBER),
        Post(at="2026-04-01", place="Davao, PH", contacts=NUMBER),
    ),
    expect=[("n1", "p2", "comes back after 90 days in Davao, PH, before in Cebu City, PH")],
    given_harmless=scene(
        Post(at="2026-01-01", place="Cebu City, PH", contacts=NUMBER),
        Post(at="2026-04-01", place="Cebu City, PH", contacts=NUMBER),
    ),
)
