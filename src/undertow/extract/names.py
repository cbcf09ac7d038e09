"""Given names of people, which are names of places and ordinary words too."""

from functools import cache, lru_cache

from undertow.extract.datafiles import lines
from undertow.extract.gazetteer import folded


@lru_cache(maxsize=100_000)
def given(name: str) -> bool:
    """Whether people are called so, in any case and with or without marks; languages as in `given_names.txt`."""
    return folded(name) in _given()


@cache
def _given() -> frozenset[str]:
    return frozenset(lines("given_names.txt"))
