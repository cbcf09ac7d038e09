"""Packed files: read to their end, bounded, and everything refused is said."""

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from undertow.collect.contract import Opened, Reject
from undertow.collect.limits import DEFAULT, Limits
from undertow.collect.opening import open_original

SMALL = replace(DEFAULT, grace_bytes=1000, ratio=10, members=3)


def things(folder: Path, name: str, data: bytes, limits: Limits = DEFAULT) -> list[Opened | Reject]:
    (folder / name).write_bytes(data)
    return list(open_original(folder / name, name, limits))


def content(thing: Opened | Reject) -> bytes:
    assert isinstance(thing, Opened)
    with thing.open() as stream:
        return stream.read()


def reasons(found: list[Opened | Reject]) -> list[str]:
    return [thing.reason for thing in found if isinstance(thing, Reject)]


def archive(*members: tuple[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return sink.getvalue()


def test_a_plain_file_is_itself(tmp_path: Path) -> None:
    [thing] = things(tmp_path, "a.txt", b"hello")
    assert content(thing) == b"hello"


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(b"hello " * 1000),
        gzip.compress(b"hello " * 400) + gzip.compress(b"hello " * 600),
        gzip.compress(b"hello " * 1000) + b"\0" * 512,
        zstandard.compress(b"hello " * 1000),
        zstandard.compress(b"hello " * 400) + zstandard.compress(b"hello " * 600),
        gzip.compress(zstandard.compress(b"hello " * 1000)),
    ],
    ids=["gzip", "gzip members", "gzip padded", "zstd", "zstd frames", "zstd in gzip"],
)
def test_packed_data_is_read_to_its_end(tmp_path: Path, packed: bytes) -> None:
    [thing] = things(tmp_path, "a.txt.gz", packed)
    assert content(thing) == b"hello " * 1000
    assert isinstance(thing, Opened) and thing.trouble == []


def test_the_ending_of_the_packing_is_no_part_of_the_name(tmp_path: Path) -> None:
    [thing] = things(tmp_path, "posts.csv.gz", gzip.compress(b"a,b"))
    assert isinstance(thing, Opened) and thing.name == "posts.csv"


def test_packed_data_is_known_without_its_ending(tmp_path: Path) -> None:
    assert content(things(tmp_path, "a.bin", gzip.compress(b"hello"))[0]) == b"hello"


@pytest.mark.parametrize(
    "packed", [gzip.compress(bytes(range(256)) * 99)[:-9], zstandard.compress(bytes(range(256)) * 99)[:-9]]
)
def test_cut_data_gives_what_stands_before_the_cut_and_says_so(tmp_path: Path, packed: bytes) -> None:
    [thing] = things(tmp_path, "a.gz", packed)
    assert (bytes(range(256)) * 99).startswith(content(thing))
    assert isinstance(thing, Opened)
    assert ["cut" in reject.reason for reject in thing.trouble] == [True]


def test_broken_data_is_said(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 99))
    packed[40:60] = b"\xff" * 20
    [thing] = things(tmp_path, "a.gz", bytes(packed))
    content(thing)
    assert isinstance(thing, Opened)
    assert ["broken" in reject.reason for reject in thing.trouble] == [True]


def test_what_follows_the_packed_data_is_said(tmp_path: Path) -> None:
    [thing] = things(tmp_path, "a.gz", gzip.compress(b"hello") + b"tail")
    assert content(thing) == b"hello"
    assert isinstance(thing, Opened) and len(thing.trouble) == 1


@pytest.mark.parametrize("packed", [gzip.compress(b"\0" * 10**6), zstandard.compress(b"\0" * 10**6)])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, packed: bytes) -> None:
    [thing] = things(tmp_path, "a.gz", packed, SMALL)
    assert len(content(thing)) <= max(1000, len(packed) * 10)
    assert isinstance(thing, Opened)
    assert ["refused" in reject.reason for reject in thing.trouble] == [True]


def test_a_bomb_in_a_zip_is_refused(tmp_path: Path) -> None:
    found = things(tmp_path, "a.zip", archive(("a.txt", b"\0" * 10**6)), SMALL)
    assert reasons(found) == ["refused: the archive unpacks to too much"]


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    packed = archive(("a.txt", b"\0" * 10**6)).replace((10**6).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    [thing] = things(tmp_path, "a.zip", packed, SMALL)
    assert len(content(thing)) <= 1000 + len(packed) * 10
    assert isinstance(thing, Opened) and thing.trouble


def test_members_of_a_zip_are_read_packed_ones_too(tmp_path: Path) -> None:
    found = things(tmp_path, "a.zip", archive(("x/a.txt", b"one"), ("b.txt.gz", gzip.compress(b"two"))))
    assert [content(thing) for thing in found] == [b"one", b"two"]
    assert [thing.member for thing in found if isinstance(thing, Opened)] == ["x/a.txt", "b.txt.gz"]


@pytest.mark.parametrize("name", ["/etc/a", "../a", "x/../../a", "C:\\a", "C:a", "\\\\host\\a", "a\0.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    found = things(tmp_path, "a.zip", archive((name, b"text"), ("fine.txt", b"text")))
    assert reasons(found) == ["refused: the member's name leads out of the archive"]
    assert len(found) == 2


def test_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    found = things(tmp_path, "a.zip", archive(("inner.zip", archive(("a.txt", b"text")))))
    assert [reason.split(":")[0] for reason in reasons(found)] == ["refused"]


def test_data_packed_three_times_is_refused(tmp_path: Path) -> None:
    found = things(tmp_path, "a.gz", gzip.compress(gzip.compress(gzip.compress(b"text"))))
    assert reasons(found) == ["refused: packed more than twice"]


def test_an_encrypted_member_is_said(tmp_path: Path) -> None:
    packed = bytearray(archive(("a.txt", b"text")))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in reasons(things(tmp_path, "a.zip", bytes(packed)))[0]


def test_a_second_member_of_one_name_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        packed = archive(("a.txt", b"one"), ("a.txt", b"two"))
    found = things(tmp_path, "a.zip", packed)
    assert content(found[0]) == b"one"
    assert reasons(found) == ["refused: a second member with this name"]


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    packed = archive(*((f"{number}.txt", b"x") for number in range(4)))
    assert len(reasons(things(tmp_path, "a.zip", packed, SMALL))) == 1


@pytest.mark.parametrize("packed", [b"PK\x03\x04 and no more", archive()])
def test_a_zip_without_members_is_said(tmp_path: Path, packed: bytes) -> None:
    assert len(reasons(things(tmp_path, "a.zip", packed))) == 1
