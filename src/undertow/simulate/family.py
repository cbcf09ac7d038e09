"""A family of worlds: its grammars, names, places, sites and habits, read from its folder."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from undertow.errors import UserError
from undertow.simulate.datafiles import FOLDER, toml
from undertow.simulate.grammar import Grammar, parse

LANGUAGES = ("en", "es", "ro", "ru", "tl")


@dataclass(frozen=True, slots=True)
class Town:
    """A town, its country, the hours that its clock is ahead of UTC, and the code of its country's money."""

    name: str
    country: str
    zone: int
    currency: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where records stand: the export that a user has of it, the genres posted there, the countries it serves.

    `mirrors` names a site whose posts reappear here; `seat` is the country whose law it is under. `far`: people in
    several countries read it, so that numbers need their country's code.
    """

    name: str
    export: str
    genres: frozenset[str]
    countries: frozenset[str]
    seat: str
    mirrors: str
    far: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Words of a language that people and firms are made of."""

    first: Sequence[str]
    last: Sequence[str]
    jobs: Sequence[str]
    areas: Sequence[str]
    times: Sequence[str]
    months: Sequence[str]
    handles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that a world of the family is made from; `habits` are ranges and shares, see `family.toml`.

    `writing` is how its people write numbers, money, places and names: `data/writing.toml`, with what the family's own
    `writing.toml` says in its stead.
    """

    name: str
    held_out: bool
    begins: int  # epoch seconds
    days: int
    shares: Mapping[str, float]
    habits: Mapping[str, Mapping[str, Any]]
    towns: Mapping[str, Sequence[Town]]
    origins: Mapping[str, Sequence[str]]
    sites: Sequence[Site]
    languages: Mapping[str, float]
    grammars: Mapping[tuple[str, str], Grammar]
    names: Mapping[str, Names]
    writing: Mapping[str, Mapping[str, Any]]

    def grammar(self, genre: str, language: str) -> Grammar:
        """The grammar of a genre in a language."""
        return self.grammars[genre, language]

    def sites_for(self, genre: str, country: str) -> list[Site]:
        """The sites that carry a genre in a country, mirrors left out."""
        return [
            site
            for site in self.sites
            if genre in site.genres and not site.mirrors and (not site.countries or country in site.countries)
        ]


def names() -> list[str]:
    """The families that ship."""
    return sorted(path.parent.name for path in (FOLDER / "families").glob("*/family.toml"))


@cache
def load(name: str) -> Family:
    """A family by name; raises `UserError` where there is none of that name."""
    folder = FOLDER / "families" / name
    if not (folder / "family.toml").is_file():
        raise UserError(f"no family {name}", hint="there are " + ", ".join(names()))
    about = tomllib.loads((folder / "family.toml").read_text("utf-8"))
    writing = _writing(folder)
    words = tomllib.loads((folder / "names.toml").read_text("utf-8"))
    texts = {lang: tomllib.loads((folder / "texts" / f"{lang}.toml").read_text("utf-8")) for lang in LANGUAGES}
    return Family(
        name=name,
        held_out=about["held_out"],
        begins=int(about["begins"].timestamp()),
        days=about["days"],
        shares=about["shares"],
        habits=about["habits"],
        towns={
            country: [Town(town, country, zone, writing["currency"][country]) for town, zone in towns.items()]
            for country, towns in about["towns"].items()
        },
        origins=about["origins"],
        sites=[
            Site(
                site["name"],
                site["export"],
                frozenset(site.get("genres", ())),
                frozenset(site.get("countries", ())),
                site["seat"],
                site.get("mirrors", ""),
                site.get("far", False),
            )
            for site in about["sites"]
        ],
        languages=about["languages"],
        grammars={
            (genre, lang): parse(genres.get("common", {}) | rules, f"{name}/texts/{lang}.toml [{genre}]")
            for lang, genres in texts.items()
            for genre, rules in genres.items()
            if genre != "common"
        },
        names={lang: Names(**{key: words[lang][key] for key in Names.__slots__}) for lang in LANGUAGES},
        writing=writing,
    )


def _writing(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    own = folder / "writing.toml"
    stead = tomllib.loads(own.read_text("utf-8")) if own.is_file() else {}
    return {part: held | stead.get(part, {}) for part, held in toml("writing.toml").items()}
