"""Makes the gazetteer that ships (`src/undertow/extract/data`) from GeoNames and CLDR data; run when they change.

    python scripts/make_gazetteer.py CITIES.parquet

CITIES: GeoNames cities15000 with the columns geonameid, name, latitude, longitude, countrycode, population and
alternatenames (joined by `|`). Country names come from the CLDR data inside phonenumbers.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Container
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from phonenumbers.geodata.locale import LOCALE_DATA

from undertow.extract.gazetteer import folded

DATA = Path(__file__).parents[1] / "src" / "undertow" / "extract" / "data"
READABLE = re.compile(
    r"[\u0020-\u024f\u0400-\u045f'’.-]+"
)  # Latin and Russian Cyrillic: what the finders' languages write
CODE = re.compile(r"[A-Z]{2,4}")
SHORTEST = 4  # letters of another name; shorter ones are codes and words
LARGE = 100_000  # people of a city whose short other names are kept as well
LONG = 7  # letters of another name that is kept for every city
TEXTS = Path(__file__).parents[1] / "src" / "undertow" / "demo" / "data"


def cities(path: Path) -> tuple[pa.Table, pa.Table]:
    """The cities by geonameid, and every readable name, folded, with the rows of the cities that bear it."""
    rows = sorted(pq.read_table(path).to_pylist(), key=lambda one: one["geonameid"])
    bearers: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        own = folded(row["name"])
        others = [name for name in (row["alternatenames"] or "").split("|") if READABLE.fullmatch(name)]
        least = SHORTEST if row["population"] >= LARGE else LONG
        names = {folded(name) for name in others if not CODE.fullmatch(name)}
        for name in {own, *(name for name in names if len(name) >= least)} - {""}:
            bearers.setdefault(name, []).append(number)
    columns = ("geonameid", "name", "countrycode", "latitude", "longitude", "population")
    table = pa.table({column.removesuffix("code"): [row[column] for row in rows] for column in columns})
    names_of = sorted(bearers)
    lists = pa.array([bearers[name] for name in names_of], pa.list_(pa.int32()))
    return table, pa.table({"name": names_of, "cities": lists})


def countries() -> list[tuple[str, str]]:
    """Country names in up to 20 languages, lower case; a name of two countries counts for none."""
    codes: dict[str, set[str]] = {}
    for code, by_language in LOCALE_DATA.items():
        for name in by_language.values():
            codes.setdefault(name.lower().strip("*"), set()).add(code)
    return sorted((name, min(held)) for name, held in codes.items() if len(held) == 1 and name)


def ordinary(names: Container[str]) -> list[str]:
    """Names of places that people write with a small letter: words that stand so in the texts of the demonstration."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for path in sorted(TEXTS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for word in re.findall(r"[^\W\d_]+", row.get("text") or ""):
                    (small if word.islower() else large)[folded(word)] += 1
    return sorted(word for word, count in small.items() if word in names and count >= 2 and 3 * count >= large[word])


if __name__ == "__main__":
    places, names = cities(Path(sys.argv[1]))
    pq.write_table(places, DATA / "cities.parquet", compression="zstd")
    pq.write_table(names, DATA / "city_names.parquet", compression="zstd")
    with (DATA / "country_names.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("name", "iso"), *countries()])
    (DATA / "ordinary_words.txt").write_text("\n".join(ordinary(set(names["name"].to_pylist()))) + "\n", "utf-8")
