"""Reads the truth of a made-up world and finds its records in a workspace, by the file and the place they stand in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from undertow import tables, truth
from undertow.errors import UserError
from undertow.evaluate.contract import About, Coded, Coverage, Truth
from undertow.evaluate.keys import Ints, Keys, Places, keys
from undertow.evaluate.reading import Tables, bundles, coded

FACETS = frozenset({"organised", "network", "template", "sort", "language", "site", "spans", "brokers"})
_SAID = frozenset({"files", "family", "seed", "held_out"})  # of the seal; the rest is kept as it is


def about(folder: Path) -> About:
    """What the seal says of the world, and whether it is whole."""
    path = folder / truth.SEAL
    if not path.is_file():
        parts = sorted(folder.glob("*/part-*.parquet"))
        return About("world", sha256("".join(map(truth.digest, parts)).encode()).hexdigest())
    try:
        seal: dict[str, Any] = orjson.loads(path.read_bytes())
        files = {str(name): str(sealed) for name, sealed in seal["files"].items()}
    except (orjson.JSONDecodeError, KeyError, AttributeError, TypeError) as error:
        raise UserError(f"{path} cannot be read: {error!r}", hint="make the world again") from error
    return About(
        "world",
        truth.digest(path),
        family=str(seal.get("family", "")),
        seed=str(seal.get("seed", "")),
        held_out=seal.get("held_out"),
        sealed=True,
        broken=tuple(sorted(truth.broken(folder.resolve().parent, files))),
        world={name: _plain(value) for name, value in sorted(seal.items()) if name not in _SAID},
    )


def _plain(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def sealed(folder: Path) -> frozenset[str]:
    """The sha256 of every sealed file: which of two files of one name in the workspace is meant."""
    path = folder / truth.SEAL
    return frozenset(orjson.loads(path.read_bytes())["files"].values()) if path.is_file() else frozenset()


@dataclass(frozen=True, slots=True)
class _Names:
    """The files of the truth by name, and the key of every record: the number of its file, and its position."""

    files: Mapping[str, int]
    file: NDArray[np.int32]  # by true record
    key: pa.ChunkedArray


def read(folder: Path, held: Tables) -> tuple[Truth, Coverage]:
    """The truth of the records that the workspace holds, and how many those are.

    Raises `UserError` where the folder holds no records.
    """
    names = _names(folder)
    if not len(names.file):
        hint = "give the folder `truth` of a world, or a CSV of labels; see the guide on evaluating"
        raise UserError(f"{folder} holds no truth", hint=hint)
    found, number, unknown = _join(names, held, sealed(folder))
    here = np.zeros(len(names.file), np.bool_)
    here[number] = True
    renumbered = np.cumsum(here) - 1
    order = np.argsort(found, kind="stable")
    places = Places(found[order], renumbered[number][order])
    lost = np.bincount(names.file[~here], minlength=len(names.files))
    missing = {name: int(lost[at]) for name, at in names.files.items() if lost[at]}
    coverage = Coverage(len(here), int(here.sum()), int((~here).sum()), missing, unknown)
    return _truth(folder, names, here, places), coverage


def _truth(folder: Path, names: _Names, here: NDArray[np.bool_], places: Places) -> Truth:
    network = _column(folder, "network", here)
    brokers = truth.read(folder, "brokers").select(["person", "kind", "value"])
    place = np.where(here, np.cumsum(here) - 1, -1)

    def spans() -> Iterator[pa.Table]:
        return _spans(folder, names, place)

    table = _column(folder, "table", here)
    posts = np.array([*(name == "posts" for name in table.names), False], np.bool_)[table.codes]
    return Truth(
        FACETS,
        places,
        table,
        posts,
        network,
        _column(folder, "template", here),
        _column(folder, "sort", here),
        _column(folder, "language", here),
        _column(folder, "site", here),
        _organised(folder, network),
        network.groups(),
        spans,
        brokers,
        _broker_records(folder, place, brokers["person"]),
    )


def _column(folder: Path, name: str, here: NDArray[np.bool_]) -> Coded:
    codes, names = coded(part[name] for part in truth.parts(folder, "records", [name]))
    return Coded(codes[here], names)  # an empty text is -1, which is ALONE


def _organised(folder: Path, network: Coded) -> NDArray[np.int8]:
    rows = truth.read(folder, "networks")
    named = set(rows.filter(rows["organised"])["network"].to_pylist())
    return np.array([*(name in named for name in network.names), False], np.int8)[network.codes]


def _names(folder: Path) -> _Names:
    codes, files = coded(part["file"] for part in truth.parts(folder, "records", ["file"]))
    files = [_last(name) for name in files]
    chunks = [chunk for part in truth.parts(folder, "records", ["position"]) for chunk in part["position"].chunks]
    key = _keys(codes, pa.chunked_array(chunks, pa.string()))
    return _Names({name: at for at, name in enumerate(files)}, codes, key)


def _keys(codes: NDArray[np.int32], positions: pa.ChunkedArray) -> pa.ChunkedArray:
    numbers = pc.cast(pa.array(codes), pa.large_string())
    return pc.binary_join_element_wise(numbers, positions.cast(pa.large_string()), pa.scalar(":", pa.large_string()))


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _join(names: _Names, held: Tables, sha256s: frozenset[str]) -> tuple[Keys, Ints, int]:
    """Key and true number of every record of the workspace that the truth knows, and how many it does not know."""
    originals = _originals(names.files, held, sha256s)
    found, asked = [], []
    for table in tables.RECORDS:
        key = tables.TABLES[table].key[0]
        for piece in held.pieces(table, [key, "original_id", "position"]):
            found.append(keys(piece[key]))
            asked.extend(_keys(_file_codes(piece["original_id"], originals), piece["position"]).chunks)
    at = pc.index_in(pa.chunked_array(asked, pa.large_string()), value_set=names.key)
    number = at.fill_null(-1).to_numpy().astype(np.int64)
    known = number >= 0
    every = np.concatenate(found) if found else np.zeros(0, np.uint64)
    return every[known], number[known], int((~known).sum())


def _originals(files: Mapping[str, int], held: Tables, sha256s: frozenset[str]) -> Mapping[str, int]:
    """The true file of every original. Of several files of one name the sealed one is meant, else the first by hash."""
    rows = held.whole("originals", ["original_id", "name"]).to_pylist()
    chosen: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (row["original_id"] not in sha256s, row["original_id"])):
        file = files.get(_last(row["name"]), -1)
        if file >= 0:
            chosen.setdefault(file, row["original_id"])
    return {original: file for file, original in chosen.items()}


def _file_codes(original_ids: pa.ChunkedArray, originals: Mapping[str, int]) -> NDArray[np.int32]:
    codes, names = coded([original_ids])
    return np.array([*(originals.get(name, -1) for name in names), -1], np.int32)[codes]


def _numbers(names: _Names, place: Ints, files: pa.ChunkedArray, positions: pa.ChunkedArray) -> Ints:
    """The number of the record of every file and position, -1 where the workspace lacks it."""
    codes, held = coded([files])
    file = np.array([*(names.files.get(_last(name), -1) for name in held), -1], np.int32)[codes]
    at = pc.index_in(_keys(file, positions), value_set=names.key).fill_null(-1).to_numpy()
    return np.where(at >= 0, place[at], -1)


def _spans(folder: Path, names: _Names, place: Ints) -> Iterator[pa.Table]:
    for part in bundles(truth.parts(folder, "spans", truth.TABLES["spans"].names)):
        number = _numbers(names, place, part["file"], part["position"])
        rows = part.drop_columns(["file", "position"]).append_column("record", pa.array(number))
        yield rows.filter(pa.array(number >= 0))


def _broker_records(folder: Path, place: Ints, persons: pa.ChunkedArray) -> pa.Table:
    people, records, first = [], [], 0
    wanted = pc.unique(persons)
    for part in truth.parts(folder, "records", ["person"]):
        theirs = np.flatnonzero(pc.is_in(part["person"], value_set=wanted).to_numpy())
        people += part["person"].take(pa.array(theirs)).to_pylist()
        records.append(place[theirs + first])
        first += part.num_rows
    number = np.concatenate(records) if records else np.zeros(0, np.int64)
    made = pa.table({"person": pa.array(people, pa.string()), "record": pa.array(number)})
    return made.filter(pa.array(number >= 0))
