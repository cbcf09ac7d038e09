"""Who shares a contact, but not a word."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]
TWO_VOICES = [Post(account=name, contacts=NUMBER, template=text) for name, text in (("ana", "t1"), ("ben", "t2")) * 2]

INDICATOR = Indicator(
    name="separate_voices",
    version=1,
    says="Two or more accounts each repeat texts of their own, and no text is used by two of them.",
    source="IDTraffickers (EMNLP 2023): who writes is told by how; T-Net (AAAI 2024): independent worker as a class",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="independent",
    family="own_voice",
    harmless="somebody can write each person's text anew, or have them write it",
    sql="""
WITH texts AS (
    SELECT network_id, template_id, min(alias) AS alias, max(alias) AS other, count(*) AS posts,
           min(record_id) AS record_id
    FROM network_posts WHERE template_id <> '' AND alias <> '' GROUP BY network_id, template_id
),
voices AS (
    SELECT network_id, count(DISTINCT CASE WHEN posts > 1 THEN alias END) AS n FROM texts
    GROUP BY network_id HAVING min(CASE WHEN alias = other THEN 1 ELSE 0 END) = 1
)
SELECT t.network_id AS subject_id, t.record_id, '' AS field, 0 AS start, 0 AS "end", 100 AS strength,
       'the account repeats a text of its own, as do ' || CAST(v.n - 1 AS varchar) || ' more' AS why
FROM texts AS t
JOIN voices AS v ON v.network_id = t.network_id
WHERE v.n >= 2 AND t.posts > 1
AND NOT EXISTS (SELECT 1 FROM network_cues AS c
                WHERE c.network_id = t.network_id AND c.value = 'third_party_control')""",
    scope="network",
    given=scene(*TWO_VOICES),
    expect=[("n1", record, "the account repeats a text of its own, as do 1 more") for record in ("p1", "p2")],
    given_harmless=scene(*TWO_VOICES, Post(account="ana", contacts=NUMBER, template="t2")),
)
