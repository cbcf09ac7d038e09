"""Which country's numbers and money a record speaks of, from what the record says about itself."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from phonenumbers import SUPPORTED_REGIONS

from undertow.extract.datafiles import FOLDER, toml
from undertow.extract.gazetteer import candidates, folded

_SURE = (
    0.6  # of the people who live in places of that name; our own choice: a number that does not fit is not read with it
)


def country_of(countries: Sequence[str], sites: Sequence[str], places: Sequence[str], default: str) -> list[str | None]:
    """ISO 3166 alpha-2 for each record, or None: as it says, else by its site's ending, else as its place ends or is.

    `default` stands where none of the three says.
    """
    return [
        _code(country) or _of_site(site) or _of_place(place, default) or default or None
        for country, site, place in zip(countries, sites, places, strict=True)
    ]


@cache
def _names() -> Mapping[str, str]:
    with (FOLDER / "country_names.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name"]: row["iso"] for row in csv.DictReader(file)}
    return names | toml("countries_said.toml")["names"]


@lru_cache(maxsize=10_000)
def _code(said: str) -> str:
    word = said.strip()
    if len(word) == 2 and word.upper() in SUPPORTED_REGIONS:
        return word.upper()
    return _names().get(word.lower(), "")


@lru_cache(maxsize=10_000)
def _of_site(site: str) -> str:
    host = site.partition("://")[2] or site
    ending = host.partition("/")[0].rpartition(".")[2].lower()
    rules = toml("countries_said.toml")
    if "." not in host or ending in rules["endings"]["used_anywhere"]:
        return ""
    code = rules["endings"]["other"].get(ending, ending.upper())
    return code if code in SUPPORTED_REGIONS else ""


@lru_cache(maxsize=10_000)
def _of_place(place: str, default: str) -> str:
    said = place.rpartition(",")[2].strip().lower()
    named = _names().get(said, "") if len(said) > 3 else ""  # CA is California as often as Canada
    return named or _of_city(place.partition(",")[0], default)


def _of_city(name: str, default: str) -> str:
    """The country of the large city that the name stands for; `default` where it has one, "" where several claim it."""
    key = folded(name)
    bearers = candidates(key, None)
    own = [one for one in bearers if folded(one.city.name) == key] or bearers  # Richmond also stands for Paterson
    shares: dict[str, float] = {}
    for one in own:
        shares[one.city.country] = shares.get(one.city.country, 0.0) + one.share
    if default in shares:
        return default
    likeliest = max(shares, key=lambda code: (shares[code], code), default="")
    return likeliest if shares.get(likeliest, 0.0) >= _SURE * sum(shares.values()) else ""
