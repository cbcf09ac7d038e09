"""Lines of a stream come in batches, and go the way that files go."""

import io
import json
import os
import subprocess
import sys

import pytest

from undertow import Workspace
from undertow.watch.stream import Known, Stream

from .conftest import OFFER

MAIN = "from undertow.cli.app import main; main()"
OTHER = OFFER.format(phone="+1 202 555 0123")


def lines(*texts: str) -> bytes:
    return b"".join(json.dumps({"text": text, "site": "other.example"}).encode() + b"\n" for text in texts)


def watch(case: Workspace, given: bytes, *options: str) -> str:
    """What the command says on standard error when it is given this input."""
    command = [sys.executable, "-c", MAIN, "watch", "-", "--alerts", str(case.root.parent / "a.jsonl")]
    ended = subprocess.run([*command, *options, "-w", str(case.root)], input=given, capture_output=True, check=True)
    return ended.stderr.decode()


def test_lines_become_alerts_and_the_same_lines_again_add_nothing(case: Workspace) -> None:
    given = lines(OTHER, OTHER + " today") + b"no object\n"
    assert "1 files, 2 new records" in watch(case, given)
    alerts = (case.root.parent / "a.jsonl").read_text("utf-8")
    assert '"kind":"new_site"' in alerts
    assert "new records" not in watch(case, given)
    assert (case.root.parent / "a.jsonl").read_text("utf-8") == alerts
    origins = case.table("originals").to_pylist()
    assert [(row["rows"], row["rejects"]) for row in origins if row["origin"] == "standard input"] == [(2, 1)]


def test_a_first_line_of_another_format_takes_no_record_away(case: Workspace) -> None:
    assert "1 files, 1 new records" in watch(case, b"<html><body>\n" + lines("Bicycle for sale"))


def test_a_batch_that_a_killed_watch_left_is_taken_first_and_once(case: Workspace) -> None:
    given = lines("Bicycle for sale")
    (case.root / "runs" / "standard_input.jsonl").write_bytes(given)
    assert watch(case, given).count("1 files, 1 new records") == 1
    assert not (case.root / "runs" / "standard_input.jsonl").exists()


def test_a_batch_ends_where_it_is_full_and_the_rest_comes_with_the_end() -> None:
    stream = Stream(io.BytesIO(b"1\n\n2\n3\n4\n5"), most=2)
    stream.start()
    found = []
    while not stream.over:
        found.append(stream.batch(60))
    assert [batch for batch in found if batch] == [[b"1", b"2"], [b"3", b"4"], [b"5"]]


def test_a_batch_ends_where_its_time_is_over() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sender:
        stream = Stream(source, most=100)
        stream.start()
        sender.write(b"1\n")
        sender.flush()
        found: list[bytes] = []
        while not found:
            found = stream.batch(0.01)
        assert (found, stream.over) == ([b"1"], False)
        sender.close()
        while not stream.over:
            assert stream.batch(0.01) == []


@pytest.mark.parametrize("again", [b"a", b"b"])
def test_a_line_is_fresh_once(again: bytes) -> None:
    known = Known()
    assert known.fresh([b"a", b"b", again]) == [b"a", b"b"]
    assert known.fresh([again]) == []
