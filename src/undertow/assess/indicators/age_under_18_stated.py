"""A child's age."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

INDICATOR = Indicator(
    name="age_under_18_stated",
    version=1,
    says="An age from 12 to 17 is stated. If it is the age of a person offered, no means need be shown.",
    source="Palermo Protocol (2000), article 3 (c) and (d): anyone under 18 is a child, and means are not required",
    grade="official",
    speaks_to=frozenset({"purpose"}),
    family="minor",
    harmless="the age of a child to be cared for, of a pupil, of a car; years of service; a number read wrongly",
    sql="""
SELECT network_id AS subject_id, record_id, field, start, "end", 100 AS strength,
       'states the age ' || value AS why
FROM network_values WHERE kind = 'age' AND value IN ('12', '13', '14', '15', '16', '17')""",
    given=scene(Post(ages=["16"])),
    expect=[("n1", "p1", "states the age 16")],
    given_harmless=scene(Post(ages=["18", "7", "61"])),
)
