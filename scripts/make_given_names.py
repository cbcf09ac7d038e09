"""Makes the list of given names that ships (`src/undertow/extract/data/given_names.txt`); run when its sources change.

    python scripts/make_given_names.py FAKER CENSUS

FAKER: an unpacked wheel of Faker (MIT). CENSUS: the folder with `dist.female.first` and `dist.male.first` of the US
Census of 1990 (public domain), as the package `names` carries them.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from undertow.extract.datafiles import toml
from undertow.extract.gazetteer import folded

DATA = Path(__file__).parents[1] / "src" / "undertow" / "extract" / "data"
LOCALES = (
    *("en_US", "en_GB", "en_IE", "en_NZ", "es_ES", "es_MX", "es_CO", "es_AR", "pt_BR", "pt_PT"),
    *("it_IT", "fr_FR", "de_DE", "pl_PL", "ro_RO", "ru_RU", "uk_UA", "bg_BG"),
)
SHORTEST = 3  # letters; shorter ones are mostly words
PHILIPPINE = frozenset(  # common in the Philippines and in neither source; own list
    """
    ailyn aiza analyn annaliza arlyn arnel cherrylyn cristy daisyree diwata dodong geraldine glenda ivy jaycel jennylyn
    jericho jessa jhoanna jomar jonalyn joan jocelyn joy juvy kathlyn lani lanie leny liezel lorna lovely luzviminda
    lyka maricar maricel maricris marife marites marivic marjorie mary melanie mylene nenita nhel nica ningning
    princess raquel realyn rhea rica rochelle rodel rommel ronalyn rosalie roselyn rowena rowel sheena shiela shirley
    trisha vilma wilma winnie
    """.split()  # noqa: SIM905  a list of so many words is read more easily as lines
)


def main(faker: Path, census: Path) -> None:
    """Writes the names, folded, one a line, without months and the words that `ages.toml` says are no names."""
    sys.path.insert(0, str(faker))
    months = {folded(month) for listed in toml("dates.toml")["months"].values() for month in listed}
    names = {folded(name) for name in (*_faker(), *_census(census), *PHILIPPINE)} - months
    kept = sorted(name for name in names - set(toml("ages.toml")["bare"]["no_names"]) if _plain(name))
    (DATA / "given_names.txt").write_text("\n".join(kept) + "\n", "utf-8")


def _plain(name: str) -> bool:
    return len(name) >= SHORTEST and name.isalpha()


def _faker() -> Iterator[str]:
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for part in ("first_names", "first_names_female", "first_names_male"):
            yield from map(str, getattr(provider, part, ()))


def _census(folder: Path) -> Iterator[str]:
    for part in ("female", "male"):
        for line in (folder / f"dist.{part}.first").read_text("ascii").splitlines():
            yield line.split()[0]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
