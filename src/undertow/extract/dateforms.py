"""Patterns of dates, made once a process from the names of months."""

import re
from functools import cache

from undertow.extract.datafiles import toml
from undertow.extract.patterns import choice

YEAR = r"(?:19|20)[0-9]{2}"
NUMERIC = re.compile(
    rf"({YEAR})([-/.])(1[0-2]|0?[1-9])\2([0-3]?[0-9])(?![0-9])"
    rf"|([0-3]?[0-9])([-/.])([0-3]?[0-9])\6({YEAR}|[0-9]{{2}})(?![0-9])"
)
CUE = re.compile(r"([^\W\d_]+)[ \n:(.,]{0,3}$")  # the word in front of a number
SHORT = re.compile(r"([0-3]?[0-9])/([0-3]?[0-9])(?![0-9/])")


@cache
def months() -> dict[str, int]:
    """Every name of a month in lower case, and its number."""
    return {name: int(number) for number, names in toml("dates.toml")["months"].items() for name in names}


@cache
def named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Day before month, and month before day or year, in lower-case text.

    Groups of both: `d` and `e` first and last day, `m` month, `y` year.
    """
    reading = toml("dates.toml")["reading"]
    ordinal, join, between = (choice(reading[part]) for part in ("ordinals", "joins", "between"))
    month = rf"(?P<m>{choice(months())})(?![^\W_])\.?"
    days = rf"(?P<d>[0-9](?<![0-9]{{2}})[0-9]?)(?![0-9]){ordinal}?(?: ?{join} ?(?P<e>[0-3]?[0-9])(?![0-9]){ordinal}?)?"
    year = rf"(?:,? ?{between}?[ /'-]{{0,2}}(?P<y>{YEAR})(?![0-9]))?"
    return (
        re.compile(rf"{days}(?:[./-]? |[./-])?(?:{between} )?{month}{year}"),
        re.compile(
            rf"{month}[ ,-]{{1,2}}(?:{between} )?(?:(?P<y2>{YEAR})(?![0-9])|{days}(?! ?[ap]\.?m|:[0-9]|[0-9%]){year})"
        ),
    )


def trigger() -> str:
    """An RE2 pattern of every text that can hold a date."""
    reading = toml("dates.toml")["reading"]
    ordinal, between = (choice(reading[part]) for part in ("ordinals", "between"))
    month = choice(months())
    cue = choice(reading["cue"])
    return (
        rf"[0-9]{ordinal}?(?:[./-]? |[./-])?(?:{between} )?{month}|{month}\.?[ ,-]{{1,2}}(?:{between} )?[0-9]"
        rf"|[0-9][-/.][0-9]{{1,2}}[-/.][0-9]{{2}}|{cue}[ \n:(.,]{{0,3}}[0-9]{{1,2}}/[0-9]"
    )
