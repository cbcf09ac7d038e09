"""A contact that everybody gives."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="hub_contact",
    version=1,
    says="A contact given here is so common in the whole collection that it proves nothing.",
    source="TellFinder issue 8: one bad telephone glued a network together; Nagpal et al. 2017 on shared identifiers",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="spam",
    family="hub",
    harmless="an organiser's number can be that common, too: the list of hubs shows it",
    sql=f"""
SELECT m.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength,
       'gives ' || c.value || ', as do ' || CAST(h.records AS varchar) || ' records' AS why
FROM hubs AS h
JOIN mentions AS c ON c.kind = h.via_kind AND c.value = h.via
JOIN network_members AS m ON m.record_id = c.record_id
WHERE h.via_kind IN {PERSONAL}""",
    given=scene(
        Post(contacts=NUMBER),
        hubs=[{"via_kind": "phone", "via": "+12025550123", "records": 900}],
    ),
    expect=[("n1", "p1", "gives +12025550123, as do 900 records")],
    given_harmless=scene(
        Post(contacts=NUMBER),
        hubs=[{"via_kind": "phone", "via": "+12025550199", "records": 900}],
    ),
)
