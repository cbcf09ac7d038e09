"""Names of cities and countries, and which places a name may mean.

Data: GeoNames cities above 15,000 people (CC BY 4.0), cut by `scripts/make_gazetteer.py`; country names from CLDR.
"""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from undertow.extract.datafiles import FOLDER, toml


@dataclass(frozen=True, slots=True)
class City:
    """One place; `population` in people."""

    geonameid: int
    name: str
    country: str
    population: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean, with its share of what speaks for any of them, 0 to 1."""

    city: City
    share: float


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name as a key: no case, no marks, single spaces between its words."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.replace("’", "").replace("'", "")).split())


@lru_cache(maxsize=50_000)
def candidates(name: str, country: str | None) -> Sequence[Candidate]:
    """The places of that folded name, most likely first: by population, those in `country` before all others."""
    row = _names().get(name)
    held = [] if row is None else [_city(number) for number in _bearers()[row].as_py()]
    boost = toml("places.toml")["weight"]["same_country"]
    weights = [(city.population + 1) * (boost if city.country == country else 1) for city in held]
    total = sum(weights)
    shares = [Candidate(city, round(weight / total, 3)) for city, weight in zip(held, weights, strict=True)]
    return sorted(shares, key=lambda one: (-one.share, one.city.geonameid))


@lru_cache(maxsize=100_000)
def said(name: str) -> str:
    """The key of a name as it stands in a text: a Russian case ending is taken off where only that makes it a name."""
    key = folded(name)
    if known(key) or key in country_names() or " " in key or not "а" <= key[-1:] <= "я":
        return key
    for ending, others in toml("places.toml")["cases"].items():
        if key.endswith(ending) and len(key) - len(ending) > 2:
            for other in others:
                stem = key[: -len(ending)] + other
                if stem in country_names() or (known(stem) and _people(stem) >= toml("places.toml")["weight"]["cases"]):
                    return stem
    return key


def _people(name: str) -> int:
    return max(one.city.population for one in candidates(name, None))


def known(name: str) -> bool:
    """Whether a city has that folded name."""
    return name in _names()


@cache
def first_words(people: int = 0) -> frozenset[str]:
    """The first word of every name of a country, and of a city of at least so many people, folded."""
    largest = pc.list_flatten(_bearers()).combine_chunks()
    sizes = _cities()["population"].take(largest).to_numpy()
    lengths = pc.list_value_length(_bearers()).to_numpy()
    most = np.maximum.reduceat(sizes, np.concatenate([[0], np.cumsum(lengths)[:-1]]))
    large = (name for name, size in zip(_names(), most.tolist(), strict=True) if size >= people)
    return frozenset(name.partition(" ")[0] for name in (*large, *country_names()))


@cache
def country_names() -> Mapping[str, str]:
    """Folded names of countries in many languages: ISO 3166 alpha-2."""
    with (FOLDER / "country_names.csv").open(encoding="utf-8", newline="") as file:
        names = {folded(row["name"]): row["iso"] for row in csv.DictReader(file)}
    said = {folded(name): code for name, code in toml("countries_said.toml")["names"].items()}
    return MappingProxyType({name: code for name, code in (names | said).items() if len(name) > 1})


@cache
def country_in_english() -> Mapping[str, str]:
    """The English name of each country, by its code."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["iso"]: row["name"] for row in csv.DictReader(file)})


@lru_cache(maxsize=50_000)
def _city(number: int) -> City:
    row = {name: column[number].as_py() for name, column in zip(_cities().column_names, _cities().columns, strict=True)}
    return City(row["geonameid"], row["name"], row["country"], row["population"])


@cache
def _cities() -> pa.Table:
    return pq.read_table(FOLDER / "cities.parquet", columns=["geonameid", "name", "country", "population"])


@cache
def _bearers() -> pa.ChunkedArray:
    return pq.read_table(FOLDER / "city_names.parquet", columns=["cities"])["cities"]


@cache
def _names() -> Mapping[str, int]:
    names = pq.read_table(FOLDER / "city_names.parquet", columns=["name"])["name"].to_pylist()
    return dict(zip(names, range(len(names)), strict=True))
