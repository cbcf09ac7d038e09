"""An offer that needs nothing and names nobody."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

EASY = ("no_experience", "no experience needed")


INDICATOR = Indicator(
    name="deceptive_offer",
    version=1,
    says="Work is offered to anyone, without an employer's name: no firm's address, licence or contract.",
    source=(
        "ILO/EC Delphi indicators of trafficking (2009), labour list, dimension 1: deceived about the job or employer "
        "(strong); ILO indicators of forced labour (2012), 2: deception; EMSCAD replication: unidentifiable employer"
    ),
    grade="official",
    speaks_to=frozenset({"act", "means"}),
    family="offer",
    harmless="most honest advertisements for simple work are as short (98.4 % of 430 carried some sign)",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength,
       {quoted("c")} || ' and names no employer' AS why
FROM network_cues AS c
WHERE c.value = 'no_experience'
AND NOT EXISTS (SELECT 1 FROM network_cues AS o WHERE o.record_id = c.record_id
                AND o.value IN ('licensed_agency', 'registered_contract', 'opening_hours'))
AND NOT EXISTS (SELECT 1 FROM network_contacts AS k WHERE k.record_id = c.record_id
                AND k.kind IN ('domain', 'url', 'email'))""",
    given=scene(Post(cues=[EASY])),
    expect=[("n1", "p1", 'says "no experience needed" and names no employer')],
    given_harmless=scene(Post(cues=[EASY], contacts=[("domain", "bakery.example")])),
)
