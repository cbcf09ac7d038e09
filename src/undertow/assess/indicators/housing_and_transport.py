"""Work, bed and journey from one hand."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import quoted
from undertow.assess.worlds import Post, scene

BED, BUS = ("housing_provided", "free room"), ("transport_provided", "we pay the ticket")

INDICATOR = Indicator(
    name="housing_and_transport",
    version=1,
    says="Work, housing and the journey are offered together, so that who loses one loses all.",
    source=(
        "DMW of the Philippines: rushed, paid travel; ILO/EC Delphi indicators (2009), labour list, dimension 6: "
        "dependency on exploiters (medium)"
    ),
    grade="official",
    speaks_to=frozenset({"act"}),
    family="offer",
    harmless="common in honest seasonal work, care and hotels (Volodko, Cockbain and Kleinberg 2020)",
    sql=f"""
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end", 100 AS strength, {quoted("c")} AS why
FROM network_cues AS c
WHERE c.value = 'transport_provided'
AND EXISTS (SELECT 1 FROM network_cues AS o WHERE o.record_id = c.record_id AND o.value = 'housing_provided')""",
    given=scene(Post(cues=[BED, BUS])),
    expect=[("n1", "p1", 'says "we pay the ticket"')],
    given_harmless=scene(Post(cues=[BED]), Post(cues=[BUS])),
)
