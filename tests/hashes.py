"""Made-up hashes of pictures, as PDQ makes them: 128 of 256 bits are set."""

import random
from typing import Protocol


class Make(Protocol):
    """A hash; with `of`, that one with `flips` of its bits changed, half of them each way."""

    def __call__(self, *, flips: int = 0, of: str = "") -> str: ...


def maker(seed: int) -> Make:
    """What makes hashes, the same ones in the same order for a seed."""
    chance = random.Random(seed)

    def made(*, flips: int = 0, of: str = "") -> str:
        bits = [int(bit) for bit in f"{int(of, 16):0256b}"] if of else chance.sample([0, 1] * 128, 256)
        ones = [place for place, bit in enumerate(bits) if bit][: flips // 2]
        zeros = [place for place, bit in enumerate(bits) if not bit][: flips // 2]
        for place in (*ones, *zeros):
            bits[place] ^= 1
        return f"{int(''.join(map(str, bits)), 2):064x}"

    return made
