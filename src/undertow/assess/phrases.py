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
    """A contact that goes with `least` or more different things: one record for each thing; fuller with more of them.

    `things` is SQL that gives network_id, kind, value, record_id and thing; `why` continues "this contact ...", {n} is
    how many.
    """
    return f"""
WITH things AS (
    SELECT network_id, kind, value, thing, min(record_id) AS record_id FROM ({things}) AS all_things
    GROUP BY network_id, kind, value, thing
),
shared AS (
    SELECT network_id, kind, value, count(*) AS n FROM things
    GROUP BY network_id, kind, value HAVING count(*) >= {least}
)
SELECT c.network_id AS subject_id, c.record_id, c.field, c.start, c."end",
       {_fuller("s.n", least)} AS strength, {_sentence("this contact " + why, "s.n")} AS why
FROM shared AS s
JOIN things AS t ON t.network_id = s.network_id AND t.kind = s.kind AND t.value = s.value
JOIN network_contacts AS c
    ON c.network_id = t.network_id AND c.kind = t.kind AND c.value = t.value AND c.record_id = t.record_id"""


def with_one_template(thing: str, *, least: int, why: str, posts: str = "network_posts") -> str:
    """A template that goes with `least` or more different things, a column of `posts`: one post for each."""
    return f"""
WITH things AS (
    SELECT network_id, template_id, {thing} AS thing, min(record_id) AS record_id FROM {posts}
    WHERE template_id <> '' AND {thing} <> '' GROUP BY network_id, template_id, {thing}
),
shared AS (
    SELECT network_id, template_id, count(*) AS n FROM things
    GROUP BY network_id, template_id HAVING count(*) >= {least}
)
SELECT t.network_id AS subject_id, t.record_id, '' AS field, 0 AS start, 0 AS "end",
       {_fuller("s.n", least)} AS strength, {_sentence("the same text stands " + why, "s.n")} AS why
FROM things AS t
JOIN shared AS s ON s.network_id = t.network_id AND s.template_id = t.template_id"""


def listed(words: Sequence[str]) -> str:
    """Words as an SQL list without its brackets."""
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def _fuller(number: str, least: int) -> str:
    return f"least(100, 100 * {number} // {least + 1})"


def _sentence(words: str, number: str) -> str:
    before, after = words.split("{n}")
    return f"'{before}' || CAST({number} AS varchar) || '{after}'"
