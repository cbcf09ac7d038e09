"""Search among picture hashes: ours beside FAISS and threatexchange, in one run, on one core.

python -m benchmarks.picture_search [--sizes 100000 1000000 10000000] [--write]

Each index runs in a process of its own: hashes at random with 128 ones each, as PDQ's are; every question is a stored
hash with 0 to 30 bits changed, a quarter of them with exactly 30 (even numbers: a one for a nought), so that recall can
be counted. Memory is what the process grew by from before the index, the hashes themselves included.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "pictures-search.json"
NAMES = ("undertow", "faiss_flat", "faiss_multihash", "threatexchange")
QUESTIONS = 1000
DISTANCE = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """An index that is built: `one` gives the rows near one hash, `many` the rows near each of some."""

    many: Callable[[Any], list[set[int]]]
    add: Callable[[Any], None]
    again: Callable[[Path], Callable[[Any], list[set[int]]]]


def hashes(count: int) -> Any:
    """`count` hashes with 128 ones each, made of halves that answer each other."""
    chance = np.random.default_rng(7)
    made = np.empty((count, 32), np.uint8)
    for begin in range(0, count, 100_000):
        some = min(100_000, count - begin)
        bits = np.zeros((some, 256), np.uint8)
        half = chance.integers(0, 2, (some, 128), np.uint8)
        order = chance.permutation(256)
        bits[:, order[:128]], bits[:, order[128:]] = half, 1 - half
        made[begin : begin + some] = np.packbits(bits, axis=1)
    return made


def questions(held: Any) -> tuple[Any, Any, Any]:
    """Questions, the row that each must find, and how far away it is."""
    chance = np.random.default_rng(8)
    rows = chance.choice(len(held), QUESTIONS, replace=False)
    far = np.where(chance.random(QUESTIONS) < 0.25, DISTANCE, 2 * chance.integers(0, DISTANCE // 2 + 1, QUESTIONS))
    bits = np.unpackbits(held[rows], axis=1)
    for row, changed in zip(bits, far, strict=True):
        for value in (0, 1):
            row[chance.choice(np.flatnonzero(row == value), changed // 2, replace=False)] ^= 1
    return np.packbits(bits, axis=1), rows, far


def undertow(held: Any) -> Asked:
    """Ours."""
    from undertow.match import HammingIndex

    index = HammingIndex()
    index.add(held, range(len(held)))

    def of(some: HammingIndex) -> Callable[[Any], list[set[int]]]:
        return lambda asked: [{int(name) for name, _ in row} for row in some.search_many(asked, DISTANCE)]

    def again(folder: Path) -> Callable[[Any], list[set[int]]]:
        index.save(folder / "index")
        return of(HammingIndex.load(folder / "index"))

    return Asked(of(index), lambda one: index.add(one, [len(index)]), again)


def _faiss(index: Any, held: Any) -> Asked:
    import faiss

    index.add(held)

    def of(some: Any) -> Callable[[Any], list[set[int]]]:
        def many(asked: Any) -> list[set[int]]:
            limits, _, rows = some.range_search(asked, DISTANCE + 1)
            return [set(rows[limits[at] : limits[at + 1]].tolist()) for at in range(len(asked))]

        return many

    def again(folder: Path) -> Callable[[Any], list[set[int]]]:
        faiss.write_index_binary(index, str(folder / "index"))
        return of(faiss.read_index_binary(str(folder / "index")))

    return Asked(of(index), index.add, again)


def faiss_flat(held: Any) -> Asked:
    """FAISS, every hash looked at."""
    import faiss

    return _faiss(faiss.IndexBinaryFlat(256), held)


def faiss_multihash(held: Any) -> Asked:
    """FAISS, its own multi-index hashing, with the split that threatexchange uses."""
    import faiss

    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.nflip = 1
    return _faiss(index, held)


def threatexchange(held: Any) -> Asked:
    """threatexchange's index of PDQ hashes."""
    import pickle

    from threatexchange.signal_type.pdq.pdq_index import PDQIndex

    index = PDQIndex.build([(row.tobytes().hex(), at) for at, row in enumerate(held)])

    def of(some: Any) -> Callable[[Any], list[set[int]]]:
        return lambda asked: [{one.metadata for one in some.query(row.tobytes().hex())} for row in asked]

    def again(folder: Path) -> Callable[[Any], list[set[int]]]:
        (folder / "index").write_bytes(pickle.dumps(index))
        return of(pickle.loads((folder / "index").read_bytes()))

    return Asked(of(index), lambda one: index.add(one[0].tobytes().hex(), len(held)), again)


def _warm(name: str) -> None:
    """Compiles and imports what is compiled and imported once."""
    small = hashes(20_000)
    asked = globals()[name](small)
    asked.many(small[:5])
    with tempfile.TemporaryDirectory() as folder:
        asked.again(Path(folder))(small[:5])


def measure(name: str, count: int) -> dict[str, float]:
    """One index at one size, in this process."""
    if name.startswith("faiss") or name == "threatexchange":
        import faiss

        faiss.omp_set_num_threads(1)
    _warm(name)
    before = _memory()
    held = hashes(count)
    asked, rows, far = questions(held)
    began = process_time()
    index = globals()[name](held)
    built = process_time() - began
    grown = _memory() - before
    some = QUESTIONS if count <= 1_000_000 else QUESTIONS // 5
    one_by_one = _seconds(lambda: [index.many(asked[at : at + 1]) for at in range(some)]) / some
    together = _seconds(lambda: index.many(asked[:some])) / some
    found = index.many(asked)
    hit = np.array([row in near for row, near in zip(rows.tolist(), found, strict=True)])
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        loaded = index.again(Path(folder))
        reload = perf_counter() - began
        same = loaded(asked[:some]) == found[:some]
    fresh = hashes(7)[-1:] ^ 1
    adding = _seconds(lambda: index.add(fresh))
    return {
        "rows": count,
        "build_s": built,
        "query_ms": one_by_one * 1000,
        "batch_ms": together * 1000,
        "recall": float(hit.mean()),
        "recall_at_30": float(hit[far == DISTANCE].mean()),
        "memory_mb": grown,
        "add_one_ms": adding * 1000,
        "save_and_load_s": reload,
        "same_after_load": float(same),
    }


def _seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _memory() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Measures each index at each size in a process of its own; prints a table, and keeps it for the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--only", nargs="+", default=list(NAMES), choices=NAMES)
    parser.add_argument("--write", action="store_true", help="keep the figures for docs/reference/pictures-measured.md")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        print(json.dumps(measure(said.one[0], int(said.one[1]))))
        return
    rows = []
    for count in said.sizes:
        for name in said.only:
            if name == "threatexchange" and count > 1_000_000:
                continue  # more than 5 GB
            command = [sys.executable, "-m", "benchmarks.picture_search", "--one", name, str(count)]
            environment = {**os.environ, "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
            rows.append({"index": name, **json.loads(done.stdout.splitlines()[-1])})
            print(json.dumps(rows[-1]), flush=True)
    if said.write:
        PAGE.write_text(json.dumps(rows, indent=1) + "\n", "ascii")


if __name__ == "__main__":
    main()
