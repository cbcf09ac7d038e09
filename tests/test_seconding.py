"""A watch reads with two processes what it would read with one, and goes on alone without the other."""

from functools import partial

import pyarrow as pa
import pytest

from undertow import tables
from undertow.extract.run import Options, mentions_of
from undertow.seconding import WORTH, Second

READ = partial(mentions_of, "posts", Options("US"))


def posts(count: int) -> pa.Table:
    schema = tables.TABLES["posts"].schema
    empty = {field.name: "" for field in schema if pa.types.is_string(field.type)}
    texts = (f"Room {n} in Riga, call +1 202 555 01{n % 100:02} or ana{n}@mail.example" for n in range(count))
    return pa.Table.from_pylist([empty | {"post_id": f"p{n}", "text": text} for n, text in enumerate(texts)], schema)


def test_two_processes_find_what_one_finds() -> None:
    rows = posts(WORTH + 1)
    with Second(2) as second:
        assert second.map(READ, rows).equals(READ(rows))
        assert second.map(READ, rows).equals(READ(rows))
        assert second.process is not None


def test_it_goes_on_alone_where_the_other_process_was_ended() -> None:
    rows = posts(WORTH)
    with Second(2) as second:
        assert second.process is not None
        second.process.kill()
        assert second.map(READ, rows).equals(READ(rows))
        assert second.process is None
        assert second.map(READ, rows).equals(READ(rows))


def test_what_fails_in_the_other_process_fails_here() -> None:
    with Second(2) as second, pytest.raises(KeyError):
        second.map(partial(mentions_of, "no_table", Options("US")), posts(WORTH))


def test_one_core_needs_no_other_process() -> None:
    with Second(1) as second:
        assert second.process is None
        assert second.map(READ, posts(WORTH)).equals(READ(posts(WORTH)))
