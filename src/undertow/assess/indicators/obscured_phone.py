"""A telephone number in disguise."""

from undertow.assess.contract import Indicator
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="obscured_phone",
    version=1,
    says="A telephone number is disguised: in words, with symbols, look-alike letters or pictures.",
    source=(
        "JIRN 2024 (doi 10.1080/23322705.2024.2349447), 1,263 advertisements with known outcome: one of four "
        "significant predictors; NIJ, 'Unconventional Wisdom', 2024"
    ),
    grade="outcome",
    speaks_to=frozenset({"act"}),
    family="disguise",
    harmless="also done against collectors of numbers and because a site forbids numbers; one study, not yet repeated",
    sql="""
SELECT network_id AS subject_id, record_id, field, start, "end", 100 AS strength,
       'writes a number as "' || substring(original, 1, 60) || '"' AS why
FROM network_contacts
WHERE kind = 'phone' AND detail LIKE '%obscured=%' AND detail NOT LIKE '%obscured=0%'""",
    given=scene(Post(contacts=NUMBER, detail="US obscured=2")),
    expect=[("n1", "p1", 'writes a number as "+12025550123"')],
    given_harmless=scene(Post(contacts=NUMBER, detail="US obscured=0"), Post(contacts=NUMBER, detail="US")),
)
