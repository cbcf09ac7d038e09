"""Collecting: every file is accounted for, nothing is added twice, and a preview writes nothing."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.collect.conftest import OPTIONS, Collect, Collected, collected

from undertow import ids, testing
from undertow.collect.mapping import Wanted
from undertow.collect.run import collect
from undertow.errors import UserError

Read = Callable[..., Collected]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
ADS = b"posted at,city,text\n2024-01-05,Lima,A room to let\n2024-01-06,Cusco,Cook wanted\n"


def zipped(name: str, data: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()


def content(posts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    own = {"post_id", "original_id", "position"}
    return [{name: value for name, value in post.items() if name not in own} for post in posts]


def test_rows_become_posts_with_everything_kept(read: Read) -> None:
    [first, _] = read("ads.csv", ADS.replace(b"city", b"shoe size")).posts
    assert first["text"] == "A room to let"
    assert first["posted_at"] == datetime(2024, 1, 5, tzinfo=UTC)
    assert first["posted_text"] == "2024-01-05"
    assert json.loads(first["extra"]) == {"shoe size": "Lima"}


def test_ids_are_those_of_the_house(read: Read) -> None:
    for post in read("ads.csv", ADS).posts:
        assert post["post_id"] == ids.record_id("p", post["original_id"], post["position"])


def test_the_original_is_kept_with_its_custody(read: Read, tmp_path: Path) -> None:
    told = {"collector": "Ana", "origin": "a hotline", "lawful_basis": "consent", "marking": "TLP:AMBER"}
    [row] = read("ads.csv", ADS, retain_until=datetime(2027, 1, 1, tzinfo=UTC), **told).originals
    assert {name: row[name] for name in told} == told
    assert row["collected_at"] == OPTIONS.collected_at
    assert row["retain_until"] == datetime(2027, 1, 1, tzinfo=UTC)
    assert (row["name"], row["media_type"], row["bytes"], row["source"]) == ("ads.csv", "text/csv", len(ADS), "csv")
    assert (row["rows"], row["rejects"]) == (2, 0)
    kept = tmp_path / "world" / "originals" / row["original_id"][:2] / row["original_id"]
    assert kept.read_bytes() == ADS


def test_the_mapping_and_what_was_assumed_are_kept_with_the_original(read: Read) -> None:
    [said] = json.loads(read("ads.csv", ADS).originals[0]["mapping"])
    assert said["fields"] == {"posted_at": "posted at", "place_text": "city", "text": "text"}
    assert said["notes"] == ["posted_at: times without a zone are read as UTC"]


def test_collecting_twice_adds_nothing(files: Path, tmp_path: Path) -> None:
    (files / "ads.csv").write_bytes(ADS)
    first = testing.engine(tmp_path / "one")
    collect([files], store=tmp_path / "originals", engine=first, options=OPTIONS)
    known = first.fetch(first.read("originals")).to_pylist()
    second = testing.engine(tmp_path / "two", {"originals": known})
    summary = collect([files], store=tmp_path / "originals", engine=second, options=OPTIONS)
    assert summary.status == {"known": 1}
    assert set(second.written) == {"originals"}
    assert second.fetch(second.read("originals")).to_pylist() == known


def test_two_files_of_one_content_are_read_once(files: Path, collecting: Collect) -> None:
    (files / "a.csv").write_bytes(ADS)
    (files / "b.csv").write_bytes(ADS)
    found = collecting(files)
    assert [(report.name, report.status) for report in found.summary.files] == [
        ("a.csv", "collected"),
        ("b.csv", "known"),
    ]
    assert len(found.posts) == 2


def test_the_same_files_give_the_same_bytes(files: Path, tmp_path: Path) -> None:
    (files / "a.csv").write_bytes(ADS)
    (files / "b.csv").write_bytes(ADS.replace(b"room", b"flat"))
    made = []
    for name, paths in (("one", [files / "a.csv", files / "b.csv"]), ("two", [files / "b.csv", files / "a.csv"])):
        engine = testing.engine(tmp_path / name)
        collect(paths, store=tmp_path / f"{name} originals", engine=engine, options=OPTIONS)
        made.append({path.name: path.read_bytes() for path in sorted((tmp_path / name).rglob("posts/*.parquet"))})
    assert made[0] == made[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), min_size=1)
)
def test_packed_is_the_same_as_plain(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("packed")
    plain = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    packed = {
        "posts.jsonl": plain,
        "posts.jsonl.gz": gzip.compress(plain),
        "posts.jsonl.zst": zstandard.compress(plain),
        "posts.zip": zipped("posts.jsonl", plain),
    }
    found = []
    for name, data in packed.items():
        (folder / name).write_bytes(data)
        found.append(content(collected(folder, folder / name).posts))
    assert [post["text"] for post in found[0]] == texts
    assert found[1:] == found[:1] * 3


def test_positions_in_an_archive_begin_with_the_member(read: Read) -> None:
    assert [post["position"] for post in read("ads.zip", zipped("x/ads.csv", ADS)).posts] == [
        "x/ads.csv:1",
        "x/ads.csv:2",
    ]


def test_a_preview_writes_nothing(files: Path, tmp_path: Path) -> None:
    (files / "ads.csv").write_bytes(ADS)
    found = collected(tmp_path, files / "ads.csv", dry_run=True)
    assert all(rows == [] for rows in found.tables.values())
    assert not (tmp_path / "originals").exists()


def test_a_preview_shows_the_mapping_its_reasons_and_the_first_rows(read: Read) -> None:
    [preview] = read("ads.csv", ADS + b"2024-01-07,Lima,x\n" * 50, dry_run=True).summary.previews
    assert [(choice.field, choice.column, choice.why) for choice in preview.plan.choices] == [
        ("posted_at", "posted at", "by its header"),
        ("text", "text", "by its header"),
        ("place_text", "city", "by its header"),
    ]
    assert [row["text"] for row in preview.rows] == ["A room to let", "Cook wanted", "x", "x", "x"]


def test_a_path_that_does_not_exist_is_the_users_error(files: Path, collecting: Collect) -> None:
    with pytest.raises(UserError):
        collecting(files / "none.csv")


def test_what_the_user_says_stands_where_no_column_does(read: Read) -> None:
    found = read("ads.csv", ADS, site="ads.example.org", country="PE", wanted=Wanted(kind="ad"))
    assert {(post["site"], post["country"], post["kind"]) for post in found.posts} == {("ads.example.org", "PE", "ad")}


def test_a_column_stands_above_what_the_user_says(read: Read) -> None:
    found = read("ads.csv", b"site,text\na.example.org,one\n,two\n", site="b.example.org")
    assert [post["site"] for post in found.posts] == ["a.example.org", "b.example.org"]


def test_the_site_is_the_host_of_the_address(read: Read) -> None:
    found = read("ads.csv", b"url,text\nhttps://www.Example.org:8080/a?b,one\nnothing,two\n")
    assert [post["site"] for post in found.posts] == ["example.org", ""]


def test_a_map_is_followed_and_a_missing_column_said(read: Read) -> None:
    found = read("ads.csv", ADS, wanted=Wanted(columns={"title": "city", "text": "nota"}))
    assert [post["title"] for post in found.posts] == ["Lima", "Cusco"]
    assert [post["text"] for post in found.posts] == ["A room to let", "Cook wanted"]
    assert "no column is called nota" in found.notes


def test_payments_keep_the_sum_as_written_beside_the_number(read: Read) -> None:
    data = b"Fecha;Importe;Moneda;Ordenante;Beneficiario\n25/01/2024;1.234,50;EUR;Ana;Ben\n"
    [payment] = read("pagos.csv", data, timezone="Europe/Madrid").payments
    assert (str(payment["amount"]), payment["amount_text"]) == ("1234.50000000", "1.234,50")
    assert (payment["payer"], payment["payee"], payment["currency"]) == ("Ana", "Ben", "EUR")
    assert payment["paid_at"] == datetime(2024, 1, 24, 23, tzinfo=UTC)


def test_a_time_that_no_text_column_keeps_stays_in_extra(read: Read) -> None:
    data = b"Guest name,Hotel,Check-in,Check-out\nAna,Example Inn,5 Jan 2024,soon\n"
    [booking] = read("rooms.csv", data).bookings
    assert (booking["starts_text"], booking["ends_at"]) == ("5 Jan 2024", None)
    assert json.loads(booking["extra"]) == {"Check-out": "soon"}


def test_a_doubt_of_the_first_rows_is_settled_by_the_last(read: Read) -> None:
    rows = "".join(f"03/04/2024,room {number}\n" for number in range(25_000))
    found = read("ads.csv", f"date,text\n{rows}04/25/2024,last\n".encode())
    assert found.posts[0]["posted_at"] == datetime(2024, 3, 4, tzinfo=UTC)


def test_many_rows_are_read_whole_and_in_order(read: Read) -> None:
    found = read("ads.csv", b"text\n" + b"".join(b"room %d\n" % number for number in range(45_000)))
    assert [post["text"] for post in found.posts] == [f"room {number}" for number in range(45_000)]
    assert len({post["post_id"] for post in found.posts}) == 45_000


def test_a_half_of_a_letter_does_not_lose_the_row(read: Read) -> None:
    found = read("posts.jsonl", b'{"text": "one \\ud83d two"}\n{"text": "three"}\n')
    assert found.posts[0]["text"] == "one \N{REPLACEMENT CHARACTER} two"


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAME = st.sampled_from(
    ["text", "date", "amount", "payer", "payee", "url", "width", "pdq", "check in", "guest", "x", ""]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.lists(st.dictionaries(NAME, VALUE, min_size=1), min_size=1, max_size=5))
def test_any_values_become_records_and_none_is_lost(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("values")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = collected(folder, folder / "rows.jsonl")
    assert sum(found.summary.rows.values()) == len(rows)
    assert found.rejects == []


def test_values_nested_beyond_measure_do_not_end_the_run(read: Read) -> None:
    deep = b'{"text": "one", "x": ' + b"[" * 900 + b"]" * 900 + b"}\n"
    deeper = b'{"text": "two", "x": ' + b"[" * 90_000 + b"]" * 90_000 + b"}\n"
    found = read("posts.jsonl", deep + deeper + b'{"text": "three"}\n')
    assert [post["text"] for post in found.posts] == ["one", "three"]
    assert found.reasons == ["the line is no JSON object"]
    assert [post["text"] for post in read("posts.json", deep).posts] == ["one"]
