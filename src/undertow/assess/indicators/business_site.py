"""A firm with a page and opening hours."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

HOURS = [("opening_hours", "open Monday to Friday, 9 to 17")]

INDICATOR = Indicator(
    name="business_site",
    version=1,
    says="A text names a web site or an address of a firm's own domain, and its opening hours.",
    source="T-Net (AAAI 2024): business as a class; EMSCAD replication: identifiable employer; VisPaD: valid addresses",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="business",
    family="firm",
    harmless="a front company has a page and opening hours too (FinCEN FIN-2020-A008, front companies)",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength, {quoted("c")} AS why
FROM network_cues AS c
WHERE c.value = 'opening_hours'
AND EXISTS (SELECT 1 FROM network_contacts AS k WHERE k.record_id = c.record_id AND k.kind = 'domain')""",
    given=scene(Post(cues=HOURS, contacts=[("domain", "bakery.example")])),
    expect=[("n1", "p1", 'says "open Monday to Friday, 9 to 17"')],
    given_harmless=scene(Post(cues=HOURS, contacts=[("phone", "+12025550123")])),
)
