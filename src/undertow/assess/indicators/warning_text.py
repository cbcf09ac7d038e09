"""A text that warns."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

WARNING = ("warning:upfront_fee", "never pay a fee for a job")

INDICATOR = Indicator(
    name="warning_text",
    version=1,
    says="The text warns of such offers: it is likely to come from an authority, an organisation or a careful agency.",
    source="hard negatives of indicator sets: warnings hold the words of what they warn of (UNODC: screening only)",
    grade="study",
    speaks_to=frozenset(),
    speaks_for="business",
    family="warning",
    harmless="warnings are copied into offers in order to look honest",
    sql="""
SELECT network_id AS subject_id, record_id, field, start, "end", 100 AS strength,
       'warns: "' || substring(original, 1, 120) || '"' AS why
FROM network_cues WHERE value LIKE 'warning:%'""",
    given=scene(Post(cues=[WARNING])),
    expect=[("n1", "p1", 'warns: "never pay a fee for a job"')],
    given_harmless=scene(Post(cues=[("upfront_fee", "pay a fee for the job")])),
)
