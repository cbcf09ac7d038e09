"""SQL that many indicators share: a cue stands in a text; many things go with one contact, or with one template."""

from collections.abc import Sequence

PERSONAL = "('phone', 'email', 'handle', 'wallet', 'bank', 'device')"
"""Kinds of contact that belong to somebody, as an SQL list: a web page may belong to everybody."""

_SHOWN = 120  # characters of the words found that a reason repeats


def said(*cues: str) -> str:
    """Every place where one of `cues` stands.

    A negated cue ("not:...") and a cue in a warning ("warning:...") are other cues, so they never match.
    """
    return f"""
SELECT network_id AS subject_id, record_id, field, start, "end", 100 AS strength,
       {quoted()} AS why
FROM network_cues WHERE value IN ({listed(cues)})"""


def quoted(alias: str = "network_cues") -> str:
    """SQL for the words of a cue, as a reason repeats them."""
    return f"""'says "' || substring({alias}.original, 1, {_SHOWN}) || '"'"""


def with_one_contact(things: str, *, least: int, why: str) -> str:
    """Every place of a contact that goes with `least` or more different things; fuller with more of them.

    `things` is SQL that gives network_id, kind, value and thing; `why` continues "this contact ...", {n} is how many.
    """
    return f"""
WITH things AS ({things}),
shared AS (
    SELECT network_id, kind, value, count(DISTINCT thing) AS n FROM things
    GROUP BY network_id, kind, value HAVING count(DISTINCT thing) >= {least}
)
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end",
       {_fuller("s.n", least)} AS strength, {_sentence("this contact " + why, "s.n")} AS why
FROM network_contacts AS c
JOIN shared AS s ON s.network_id = c.network_id AND s.kind = c.kind AND s.value = c.value"""


def with_one_template(thing: str, *, least: int, why: str) -> str:
    """Every post of a template that goes with `least` or more different things, a column of `network_posts`."""
    return f"""
WITH shared AS (
    SELECT network_id, template_id, count(DISTINCT {thing}) AS n FROM network_posts
    WHERE template_id <> '' AND {thing} <> ''
    GROUP BY network_id, template_id HAVING count(DISTINCT {thing}) >= {least}
)
SELECT p.network_id AS subject_id, p.record_id, '' AS field, 0 AS start, 0 AS "end",
       {_fuller("s.n", least)} AS strength, {_sentence("the same text stands " + why, "s.n")} AS why
FROM network_posts AS p
JOIN shared AS s ON s.network_id = p.network_id AND s.template_id = p.template_id"""


def listed(words: Sequence[str]) -> str:
    """Words as an SQL list without its brackets."""
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def _fuller(number: str, least: int) -> str:
    return f"least(100, 100 * {number} // {least + 1})"


def _sentence(words: str, number: str) -> str:
    before, after = words.split("{n}")
    return f"'{before}' || CAST({number} AS varchar) || '{after}'"
