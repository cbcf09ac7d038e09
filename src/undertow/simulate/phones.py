"""Telephone numbers from the ranges reserved for fiction, each given to one holder of a world."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from math import gcd

from undertow.simulate.datafiles import toml


@dataclass(frozen=True, slots=True)
class Phone:
    """A number: `national` are its digits without the country's code; `far`: written for readers in other countries."""

    country: str
    code: str
    national: str
    far: bool = False

    @property
    def e164(self) -> str:
        """As in the table `mentions`."""
        return f"+{self.code}{self.national}"

    @property
    def abroad(self) -> "Phone":
        """The same number for readers in other countries."""
        return replace(self, far=True)


@dataclass(frozen=True, slots=True)
class _Range:
    country: str
    code: str
    starts: tuple[str, ...]
    free: int

    @property
    def size(self) -> int:
        return int(len(self.starts) * 10**self.free)

    def at(self, number: int) -> Phone:
        start, rest = divmod(number, 10**self.free)
        return Phone(self.country, self.code, f"{self.starts[start]}{rest:0{self.free}}")


@cache
def _ranges() -> Mapping[str, _Range]:
    return {
        one["country"]: _Range(
            one["country"], one["code"], tuple(area + one["suffix"] for area in one["areas"]), one["free"]
        )
        for one in toml("reserved.toml")["range"]
    }


def countries() -> tuple[str, ...]:
    """The countries that have such ranges."""
    return tuple(_ranges())


def numbers(country: str, shard: int, shards: int) -> Iterator[Phone]:
    """The numbers of a country that belong to one shard, in an order that scatters them; no other shard has them."""
    held = _ranges()[country]
    step = next(n for n in count(held.size * 618 // 1000) if gcd(n, held.size) == 1)
    for place in range(shard, held.size, shards):
        yield held.at(place * step % held.size)
