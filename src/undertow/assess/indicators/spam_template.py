"""One text everywhere at once."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

INDICATOR = Indicator(
    name="spam_template",
    version=1,
    says="One text is posted by 30 or more accounts, or on 20 or more sites, within a month: more than people can run.",
    source="VisPaD (VIS 2022): many places within a short time are often spam; T-Net (AAAI 2024): spam as a class",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="spam",
    family="volume",
    harmless="organisers buy such reach as well; the limits are a guess",
    # 31 days, 30 accounts, 20 sites: guesses, tuned on nothing.
    sql="""
WITH wide AS (
    SELECT network_id, template_id, count(DISTINCT CASE WHEN author <> '' THEN author END) AS authors,
           count(DISTINCT CASE WHEN site <> '' THEN site END) AS sites
    FROM network_posts WHERE template_id <> '' GROUP BY network_id, template_id
    HAVING coalesce(date_diff('day', CAST(min(posted_at) AS date), CAST(max(posted_at) AS date)), 0) <= 31
)
SELECT p.network_id AS subject_id, min(p.record_id) AS record_id, '' AS field, 0 AS start, 0 AS "end",
       least(100, max(greatest(w.authors, 5 * w.sites))) AS strength,
       'one text from ' || CAST(max(w.authors) AS varchar) || ' accounts on ' || CAST(max(w.sites) AS varchar)
       || ' sites within a month' AS why
FROM network_posts AS p
JOIN wide AS w ON w.network_id = p.network_id AND w.template_id = p.template_id
WHERE w.authors >= 30 OR w.sites >= 20
GROUP BY p.network_id, p.template_id, p.author, p.site""",
    scope="network",
    given=scene(*(Post(account=f"u{number}", template="t1", at="2026-03-01") for number in range(30))),
    expect=[("n1", f"p{number}", "one text from 30 accounts on 1 sites within a month") for number in range(1, 31)],
    given_harmless=scene(*(Post(account=f"u{number}", template="t1", at="2026-03-01") for number in range(29))),
)
