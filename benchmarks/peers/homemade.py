"""The usual home-made script: texts alike by MinHash, shared telephone numbers, union-find over both."""

import re
from collections.abc import Iterator, Sequence

from datasketch import MinHash, MinHashLSH

from benchmarks.peers.contract import Phone
from benchmarks.peers.union import joined

THRESHOLD, PERMUTATIONS = 0.6, 128
_WORD = re.compile(r"\w+")


def alike(texts: Sequence[str], width: int) -> list[tuple[int, int]]:
    """Pairs of posts that datasketch's index returns for runs of `width` words, lower case."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(_shingles(text, width))
        pairs += [(other, number) for other in index.query(sketch)]
        index.insert(number, sketch)
    return pairs


def _shingles(text: str, width: int) -> list[bytes]:
    """A text of fewer words is one run; without words it is its own, or all such would be alike."""
    words = _WORD.findall(text.lower())
    runs = {" ".join(words[at : at + width]) for at in range(max(1, len(words) - width + 1))} if words else {text}
    return [run.encode("utf-8", "surrogatepass") for run in sorted(runs)]


def sharing(phones: Sequence[Phone]) -> Iterator[tuple[int, int]]:
    """Pairs of posts that give one number: each with the first that gave it."""
    first: dict[str, int] = {}
    for phone in phones:
        yield first.setdefault(phone.value, phone.post), phone.post


def networks(count: int, similar: Sequence[tuple[int, int]], phones: Sequence[Phone]) -> list[int]:
    """Groups of posts that share a number or are alike, directly or through others."""
    return joined(count, [*similar, *sharing(phones)])
