"""One contact in many languages."""

from undertow.assess.contract import Indicator
from undertow.assess.phrases import PERSONAL, with_one_contact
from undertow.assess.worlds import Post, scene

NUMBER = [("phone", "+12025550123")]

INDICATOR = Indicator(
    name="several_languages_one_contact",
    version=1,
    says="One contact stands in texts of three or more languages.",
    source="investigators' lore: one organiser recruits or sells in several languages; no study found",
    grade="lore",
    speaks_to=frozenset({"act"}),
    family="languages",
    harmless="border regions, tourism and migrant communities write several languages; short texts are misjudged",
    sql=with_one_contact(
        f"""SELECT c.network_id, c.kind, c.value, c.record_id, l.value AS thing
            FROM network_contacts AS c
            JOIN network_values AS l ON l.network_id = c.network_id AND l.record_id = c.record_id
            WHERE l.kind = 'language' AND l.value <> '' AND c.kind IN {PERSONAL}""",
        least=3,
        why="stands in texts of {n} languages",
    ),
    scope="network",
    given=scene(*(Post(contacts=NUMBER, language=code) for code in ("en", "ro", "ru"))),
    expect=[("n1", record, "this contact stands in texts of 3 languages") for record in ("p1", "p2", "p3")],
    given_harmless=scene(*(Post(contacts=NUMBER, language=code) for code in ("en", "ro", "ro"))),
)
