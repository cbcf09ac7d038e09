"""One person, one account, one place."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

VOICE = [("own_voice", "I work for myself")]
NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="one_author",
    version=1,
    says="One account with at most two contacts in one place speaks for itself: it looks like one person's own posts.",
    source="T-Net (AAAI 2024): independent worker as a class; VisPaD: small groups are often independent",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="independent",
    family="own_voice",
    harmless="somebody else can write in the first person; control does not need many accounts",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength, {quoted("c")} AS why
FROM network_cues AS c
JOIN networks AS n ON n.network_id = c.network_id
WHERE c.value = 'own_voice' AND n.accounts <= 1 AND n.places <= 1 AND n.selectors <= 2""",
    scope="network",
    given=scene(Post(account="ana", cues=VOICE, contacts=NUMBER), Post(account="ana")),
    expect=[("n1", "p1", 'says "I work for myself"')],
    given_harmless=scene(Post(account="ana", cues=VOICE, contacts=NUMBER), Post(account="ben")),
)
