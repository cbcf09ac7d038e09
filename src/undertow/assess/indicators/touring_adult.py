"""An adult who tours."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

TOUR = ("touring", "on tour: Cebu 2-5 March, Davao 6-9 March")

INDICATOR = Indicator(
    name="touring_adult",
    version=1,
    says="One account announces its own tour: dates and places are told in advance, by one person.",
    source="JIRN 2024 (doi 10.1080/23322705.2024.2349447) and NIJ 2024: announced movement spoke against trafficking",
    grade="outcome",
    speaks_to=frozenset(),
    speaks_for="independent",
    family="touring",
    harmless="a circuit run by others can be announced in the same words",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength, {quoted("c")} AS why
FROM network_cues AS c
JOIN networks AS n ON n.network_id = c.network_id
WHERE c.value = 'touring' AND n.accounts <= 1
AND NOT EXISTS (SELECT 1 FROM network_cues AS o WHERE o.network_id = c.network_id
                AND o.value IN ('third_party_control', 'several_persons'))""",
    scope="network",
    given=scene(Post(account="ana", cues=[TOUR])),
    expect=[("n1", "p1", 'says "on tour: Cebu 2-5 March, Davao 6-9 March"')],
    given_harmless=scene(Post(account="ana", cues=[TOUR]), Post(cues=[("several_persons", "we are four")])),
)
