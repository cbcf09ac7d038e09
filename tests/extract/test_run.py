"""The stage: records in, mentions out, in the order of the records, whatever the batches."""

from pathlib import Path

import pytest

from undertow import testing
from undertow.events import silent
from undertow.extract import read as reading
from undertow.extract.contract import Finder
from undertow.extract.run import Options, mentions_of, run

POSTS = [
    {"post_id": "p1", "site": "x.com.ph", "title": "Hotel staff", "text": "call 0905 123 4567", "account": "@ana_99"},
    {"post_id": "p2", "country": "US", "text": "call 202 555 0143 or mail ana@example.com"},
    {"post_id": "p3", "place_text": "Leeds, United Kingdom", "text": "call 020 7946 0018"},
    {"post_id": "p4", "text": "call 020 7946 0018"},
]


def phones(folder: Path, options: Options = Options()) -> dict[str, tuple[str, float]]:  # noqa: B008
    engine = testing.engine(folder, {"posts": POSTS})
    run(engine, options, silent)
    rows = engine.fetch(engine.read("mentions")).to_pylist()
    return {row["record_id"]: (row["value"], row["confidence"]) for row in rows if row["kind"] == "phone"}


def test_a_number_is_read_in_the_country_of_its_site_record_or_place(tmp_path: Path) -> None:
    found = phones(tmp_path)
    assert found["p1"] == ("+639051234567", 0.9)
    assert found["p2"] == ("+12025550143", 0.9)
    assert found["p3"] == ("+442079460018", 0.9)


def test_a_number_without_a_country_is_kept_and_not_believed(tmp_path: Path) -> None:
    assert phones(tmp_path)["p4"] == ("02079460018", 0.3)


def test_the_workspace_says_the_country_where_nothing_else_does(tmp_path: Path) -> None:
    assert phones(tmp_path, Options(country="GB"))["p4"] == ("+442079460018", 0.9)


def test_mentions_of_all_tables_stand_together_in_the_order_of_records(tmp_path: Path) -> None:
    given = {
        "posts": POSTS,
        "accounts": [{"account_id": "a1", "handle": "@ana_99", "email": "ana@example.com"}],
        "incidents": [{"incident_id": "c1", "text": "ana@example.com"}],
    }
    engine = testing.engine(tmp_path, given)
    run(engine, Options(), silent)
    rows = engine.fetch(engine.read("mentions")).to_pylist()
    assert list(dict.fromkeys(row["record_id"] for row in rows)) == ["p1", "p2", "p3", "p4", "a1", "c1"]


def test_a_mention_names_its_field_finder_and_version(tmp_path: Path) -> None:
    engine = testing.engine(tmp_path, {"incidents": [{"incident_id": "c1", "title": "see ana@example.com"}]})
    run(engine, Options(), silent)
    row = engine.fetch(engine.read("mentions")).to_pylist()[0]
    assert (row["field"], row["finder"], row["version"], row["start"], row["end"]) == ("title", "email", 1, 4, 19)


def test_a_split_batch_gives_what_the_whole_gives() -> None:
    batch = testing.table("posts", POSTS)
    whole = mentions_of("posts", Options(), batch).to_pylist()
    parts = [mentions_of("posts", Options(), batch.slice(at, 1)).to_pylist() for at in range(len(POSTS))]
    assert [row for part in parts for row in part] == whole


def test_a_text_that_stands_twice_gives_its_mentions_twice() -> None:
    batch = testing.table("posts", [{"post_id": f"p{i}", "text": "ana@example.com"} for i in range(3)])
    assert mentions_of("posts", Options(), batch)["record_id"].to_pylist() == ["p0", "p1", "p2"]


def test_no_records_give_an_empty_table(tmp_path: Path) -> None:
    engine = testing.engine(tmp_path)
    run(engine, Options(), silent)
    assert engine.written["mentions"].rows == 0


def test_a_finder_that_fails_on_a_record_is_a_reject_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: object) -> object:
        raise ValueError("no such thing")

    email = next(finder for finder in reading.finders() if finder.name == "email")
    bad = Finder("bad", 1, broken, {}, trigger="staff")  # type: ignore[arg-type]
    monkeypatch.setattr("undertow.extract.run.finders", lambda field="": (bad, email))
    engine = testing.engine(
        tmp_path, {"posts": [{**row, "original_id": "o", "position": row["post_id"]} for row in POSTS]}
    )
    run(engine, Options(), silent)
    rejects = engine.fetch(engine.read("rejects")).to_pylist()
    assert [(row["position"], row["stage"], row["reason"]) for row in rejects] == [
        ("p1", "extract", "finder bad failed on title: ValueError: no such thing")
    ]
    assert engine.fetch(engine.read("mentions"))["value"].to_pylist() == ["ana@example.com"]
