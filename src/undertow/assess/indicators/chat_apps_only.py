"""A recruiter who can only be reached by message."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

ONLY = ("direct_message_only", "message me on the app, no calls")

INDICATOR = Indicator(
    name="chat_apps_only",
    version=1,
    says="One can only write to a personal account: there is no firm's page or address.",
    source="DMW of the Philippines: recruiters on Telegram and Facebook; La Strada Moldova: work without a contract",
    grade="official",
    speaks_to=frozenset({"act"}),
    family="offer",
    harmless="small employers and private persons use messages too",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength, {quoted("c")} AS why
FROM network_cues AS c
WHERE c.value = 'direct_message_only'
AND NOT EXISTS (SELECT 1 FROM network_contacts AS k WHERE k.record_id = c.record_id
                AND k.kind IN ('domain', 'url', 'email'))""",
    given=scene(Post(cues=[ONLY])),
    expect=[("n1", "p1", 'says "message me on the app, no calls"')],
    given_harmless=scene(Post(cues=[ONLY], contacts=[("email", "office@bakery.example")])),
)
