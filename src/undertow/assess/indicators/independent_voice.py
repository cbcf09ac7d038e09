"""A first person throughout, and nobody in between."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

VOICE = ("own_voice", "I decide whom I meet")

INDICATOR = Indicator(
    name="independent_voice",
    version=1,
    says="At least half of the posts speak in the first person, and none speaks for others.",
    source="T-Net (AAAI 2024), labelling functions: first person against third person and plural",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="independent",
    family="own_voice",
    harmless="first-person texts are also written by managers and copied from others",
    sql=f"""
WITH voices AS (
    SELECT network_id, count(DISTINCT CASE WHEN value = 'own_voice' THEN record_id END) AS own,
           count(CASE WHEN value IN ('third_party_control', 'several_persons', 'agency_words') THEN 1 END) AS others
    FROM network_cues GROUP BY network_id
)
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength, {quoted("c")} AS why
FROM network_cues AS c
JOIN voices AS v ON v.network_id = c.network_id
JOIN networks AS n ON n.network_id = c.network_id
WHERE c.value = 'own_voice' AND v.others = 0 AND 2 * v.own >= n.records""",
    scope="network",
    given=scene(Post(cues=[VOICE]), Post()),
    expect=[("n1", "p1", 'says "I decide whom I meet"')],
    given_harmless=scene(Post(cues=[VOICE]), Post(cues=[("third_party_control", "my manager answers")])),
)
