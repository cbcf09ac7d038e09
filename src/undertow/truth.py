"""What is true of a world, for measuring what machines found in it: the tables of a truth folder, as Arrow schemas.

A truth is a folder with one folder of Parquet files a table, and `SEALED.json` with the sha256 of every file of the
world. `undertow.simulate` writes one, `undertow.evaluate` reads one.
A record is named by the file it stands in and by its place there, as the reader of that file counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq

from undertow.errors import UserError

SEAL = "SEALED.json"

ORGANISED = "trafficking"  # the one sort of network that a lead should be about

SORTS: Mapping[str, str] = MappingProxyType(
    {
        ORGANISED: "controllers, recruiters and those whom they move and advertise",
        "broker": "somebody who serves several networks: a driver, a landlord, an agent of documents",
        "independent": "an adult who advertises alone, in one place",
        "touring": "an adult who advertises alone, in several places in turn",
        "sharing": "adults who advertise alone and share a driver, a flat or a telephone",
        "agency": "a licensed agency with several people",
        "employer": "a firm that looks for staff",
        "recruiter": "a licensed recruiter who places people with several firms",
        "spam": "a campaign that says the same thing from many accounts",
        "scam": "a campaign that wants money or passwords",
        "seller": "somebody who sells a thing",
        "family": "migrants and their kin who write and send money",
        "customer": "somebody who writes reviews, or pays",
    }
)

_T, _N, _F, _B = pa.string(), pa.int64(), pa.float64(), pa.bool_()

TABLES: Mapping[str, pa.Schema] = MappingProxyType(
    {
        # one row a record; `network` is never empty: who acts alone is a network of one
        "records": pa.schema(
            [
                ("file", _T),  # name of the file, without folders; no two files of a world share one
                ("position", _T),  # as the reader counts
                ("table", _T),  # posts, accounts, payments, bookings, pictures or incidents
                ("person", _T),  # who is behind it
                ("network", _T),
                ("sort", _T),  # of the network: a key of SORTS
                ("template", _T),  # what texts were made from, or pictures drawn from; empty where there is none
                ("language", _T),  # ISO 639-1, of the grammar that the text is from; it may mix in others
                ("site", _T),
                ("country", _T),  # ISO 3166 alpha-2, of the place that it is about
                ("why", _T),  # what the person meant by it, in words
            ]
        ),
        # one row a value that stands in a text; what a perfect reader would find
        "spans": pa.schema(
            [
                ("file", _T),
                ("position", _T),
                ("field", _T),
                ("kind", _T),  # as in the table `mentions`
                ("value", _T),  # normalised as there
                ("start", _N),  # characters of the field as received
                ("end", _N),
                ("disguise", _T),  # how it is written: plain, spaced, words, ...
                ("language", _T),
            ]
        ),
        "people": pa.schema([("person", _T), ("network", _T), ("sort", _T), ("role", _T), ("careful", _F)]),
        "networks": pa.schema([("network", _T), ("sort", _T), ("organised", _B), ("people", _N), ("records", _N)]),
        # one row a network that a broker serves; kind and value are the selector that is the broker's
        "brokers": pa.schema([("person", _T), ("network", _T), ("kind", _T), ("value", _T)]),
        # one row a leg of somebody's way
        "routes": pa.schema(
            [
                ("network", _T),
                ("person", _T),
                ("leg", _N),
                ("origin", _T),
                ("destination", _T),
                ("starts_at", pa.timestamp("us", tz="UTC")),
            ]
        ),
    }
)


def write(folder: Path, table: str, part: int, columns: Mapping[str, list[object]]) -> Path:
    """Writes one part of a table; `columns` are lists of equal length, all that its schema names. Gives the path."""
    path = folder / table / f"part-{part:05}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(dict(columns), schema=TABLES[table]), path, compression="zstd")
    return path


def parts(folder: Path, table: str, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The parts of a table in their order, with these columns."""
    for path in sorted((folder / table).glob("part-*.parquet")):
        yield pq.read_table(path, columns=list(columns), partitioning=None).select(list(columns))


def read(folder: Path, table: str) -> pa.Table:
    """All parts of a table; a table that the truth does not hold has no rows."""
    held = list(parts(folder, table, TABLES[table].names))
    return pa.concat_tables(held) if held else TABLES[table].empty_table()


def digest(path: Path) -> str:
    """sha256 of a file, hex."""
    hashed = sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            hashed.update(block)
    return hashed.hexdigest()


def broken(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    """Which of the sealed files (path below the world, sha256) are missing or changed.

    Raises `UserError` for a path that leads out of the world.
    """
    root = folder.resolve()
    for name, sealed in files.items():
        path = (root / name).resolve()
        if root not in path.parents:
            raise UserError(f"{name} is outside {folder}", hint="the seal of this truth was not written by Undertow")
        if not path.is_file() or digest(path) != sealed:
            yield name
