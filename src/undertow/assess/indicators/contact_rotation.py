"""The same text under one telephone after another."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene


def _turns(*days: str) -> tuple[Post, ...]:
    return tuple(
        Post(at=day, template="t1", contacts=[("phone", f"+1202555012{number // 2}")])
        for number, day in enumerate(days)
    )


INDICATOR = Indicator(
    name="contact_rotation",
    version=1,
    says="One text goes on under one telephone after another: each begins when the one before has ended.",
    source="Li et al. 2018 (IEEE BigData): one text behind many telephones; InfoShield: slots of a template",
    grade="study",
    speaks_to=frozenset({"means"}),
    family="rotation",
    harmless="a changed contract, staff who take turns, a text copied from somebody who has stopped",
    sql="""
WITH terms AS (
    SELECT network_id, template_id, value, min(posted_at) AS began, max(posted_at) AS ended,
           min(record_id) AS record_id
    FROM network_contacts WHERE kind = 'phone' AND template_id <> '' AND posted_at IS NOT NULL
    GROUP BY network_id, template_id, value
),
turns AS (
    SELECT *, lag(ended) OVER (PARTITION BY network_id, template_id ORDER BY began, value) AS ended_before FROM terms
),
rotated AS (
    SELECT network_id, template_id, count(*) AS n FROM turns WHERE began > ended_before
    GROUP BY network_id, template_id HAVING count(*) >= 2
)
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", least(100, 25 * (r.n + 1)) AS strength,
       'one text under ' || CAST(r.n + 1 AS varchar) || ' telephones, one after another' AS why
FROM rotated AS r
JOIN terms AS t ON t.network_id = r.network_id AND t.template_id = r.template_id
JOIN network_contacts AS c
    ON c.network_id = t.network_id AND c.record_id = t.record_id AND c.value = t.value AND c.kind = 'phone'""",
    scope="network",
    given=scene(*_turns("2026-01-01", "2026-01-20", "2026-02-01", "2026-02-20", "2026-03-01", "2026-03-20")),
    expect=[("n1", record, "one text under 3 telephones, one after another") for record in ("p1", "p3", "p5")],
    given_harmless=scene(*_turns("2026-01-01", "2026-03-20", "2026-01-02", "2026-03-21", "2026-01-03", "2026-03-22")),
)
