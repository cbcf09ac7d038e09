"""A contact that somebody has reported before."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]
REPORT = {"incident_id": "c1", "kind": "hotline"}

INDICATOR = Indicator(
    name="incident_match",
    version=1,
    says="A contact stands in a case or report that somebody else recorded.",
    source="FinCEN FIN-2020-A008, financial indicator 6: contacts known from elsewhere; Lantern (Tech Coalition, 2023)",
    grade="official",
    speaks_to=frozenset({"act", "means", "purpose"}),
    family="incident",
    harmless="the contact may be the reporter's, the victim's or a helper's; reports may be mistaken",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength,
       'the report ' || min(i.incident_id) || ' names this contact' AS why
FROM network_contacts AS c
JOIN mentions AS m ON m.kind = c.kind AND m.value = c.value
JOIN incidents AS i ON i.incident_id = m.record_id
WHERE NOT EXISTS (SELECT 1 FROM incidents AS own WHERE own.incident_id = c.record_id) AND c.kind IN {PERSONAL}
GROUP BY c.network_id, c.record_id, c.field, c.start, c."end\"""",
    scope="network",
    given=scene(
        Post(contacts=NUMBER),
        incidents=[REPORT],
        mentions=[{"record_id": "c1", "field": "text", "kind": "phone", "value": "+12025550123", "confidence": 1.0}],
    ),
    expect=[("n1", "p1", "the report c1 names this contact")],
    given_harmless=scene(
        Post(contacts=NUMBER),
        incidents=[REPORT],
        mentions=[{"record_id": "c1", "field": "text", "kind": "phone", "value": "+12025550199", "confidence": 1.0}],
    ),
)
