"""The stage: templates with constants and slots that point into each post's text as received."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from benchmarks.templates_world import World, ads

from undertow import ids, testing
from undertow.match.run import Options, run

Row = dict[str, Any]

SHAPE = "Spacious room to let near the river park, with quiet garden; ask for {} at {} any evening, rent {} a month 🌹"
FILLED = [
    ("Ana", "07700 900123", "£450"),
    ("Bela", "07700 900456", "£450"),
    ("Carla and Dora", "020 7946 0999", "£1,250.50"),
]
POSTS: list[Row] = [
    {
        "post_id": f"p{n}",
        "text": SHAPE.format(*filled),
        "account": f"user{n % 2}",
        "site": "example.com",
        "posted_at": datetime(2024, 1, 3 - n, tzinfo=UTC),
    }
    for n, filled in enumerate(FILLED)
]
OTHERS: list[Row] = [
    {"post_id": "q1", "text": "Careful driver moves tables and chairs across town at the weekend for a fair price"},
    {"post_id": "q2", "text": ""},
    {"post_id": "q3", "text": "<REDACTED>"},
    {"post_id": "q4", "text": "<REDACTED>"},
]


def match(folder: Path, posts: list[Row], threads: int = 1) -> tuple[pa.Table, pa.Table]:
    with testing.engine(folder, {"posts": posts}, threads=threads) as engine:
        run(engine, Options())
        return engine.fetch(engine.read("templates")), engine.fetch(engine.read("template_posts"))


def rows(table: pa.Table) -> list[Row]:
    found: list[Row] = table.to_pylist()
    return found


def texts_of(post: Row) -> dict[int, str]:
    """What stands in each slot of a row of `template_posts`."""
    by_id = {row["post_id"]: row["text"] for row in POSTS}
    return {slot: by_id[post["post_id"]][start:end] for slot, start, end in json.loads(post["slots"])}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], list[Row]]:
    templates, posts = match(tmp_path_factory.mktemp("match"), POSTS + OTHERS)
    return rows(templates), rows(posts)


def test_only_posts_of_one_template_are_in_one(made: tuple[list[Row], list[Row]]) -> None:
    templates, posts = made
    assert [row["post_id"] for row in posts] == ["p0", "p1", "p2"]
    assert {row["template_id"] for row in posts} == {templates[0]["template_id"]}


def test_a_template_is_named_by_its_smallest_post(made: tuple[list[Row], list[Row]]) -> None:
    assert [row["template_id"] for row in made[0]] == ["t" + ids.digest("p0")]


def test_a_template_counts_posts_accounts_and_sites_and_says_when(made: tuple[list[Row], list[Row]]) -> None:
    (template,) = made[0]
    assert (template["posts"], template["accounts"], template["sites"]) == (3, 2, 1)
    assert template["first_seen"] == datetime(2024, 1, 1, tzinfo=UTC)
    assert template["last_seen"] == datetime(2024, 1, 3, tzinfo=UTC)


def test_a_template_saves_bits(made: tuple[list[Row], list[Row]]) -> None:
    assert made[0][0]["saving"] > 0


def test_the_pattern_holds_the_constant_words_and_numbers_its_slots(made: tuple[list[Row], list[Row]]) -> None:
    pattern = json.loads(made[0][0]["pattern"])
    constant = " ".join(piece["text"] for piece in pattern if "text" in piece)
    assert [piece["slot"] for piece in pattern if "slot" in piece] == [0, 1, 2]
    assert constant.startswith("Spacious room to let near the river park, with quiet garden; ask for")
    assert constant.endswith("a month")
    assert "Ana" not in constant


def test_slots_hold_what_was_filled_in(made: tuple[list[Row], list[Row]]) -> None:
    filled = [texts_of(post) for post in made[1]]
    assert [filled[0][0].strip(), filled[1][0].strip(), filled[2][0].strip()] == ["Ana", "Bela", "Carla and Dora"]
    assert "07700 900456" in filled[1][1]
    assert "1,250.50" in filled[2][2]


def test_similarity_is_the_share_of_constant_text_to_three_decimals(made: tuple[list[Row], list[Row]]) -> None:
    assert {row["similarity"] for row in made[1]} == {1.0}


def test_a_post_that_lost_a_word_is_less_similar(tmp_path: Path) -> None:
    copies = [{"post_id": f"p{n}", "text": SHAPE.format(*FILLED[n % 2])} for n in range(10)]
    copies.append({"post_id": "x", "text": SHAPE.format(*FILLED[0]).replace("quiet ", "")})
    _, posts = match(tmp_path, copies)
    by_id = {row["post_id"]: row["similarity"] for row in rows(posts)}
    assert by_id["x"] == round(by_id["x"], 3) < by_id["p0"] == 1.0


def test_two_equal_words_save_nothing_and_are_no_template(tmp_path: Path) -> None:
    templates, posts = match(tmp_path, [{"post_id": "p1", "text": "Hello"}, {"post_id": "p2", "text": "hello"}])
    assert (templates.num_rows, posts.num_rows) == (0, 0)


def test_no_posts_give_empty_tables(tmp_path: Path) -> None:
    templates, posts = match(tmp_path, [])
    assert (templates.num_rows, posts.num_rows) == (0, 0)


def test_a_very_long_text_is_cut_for_comparison_and_keeps_its_spans(tmp_path: Path) -> None:
    long = " ".join(f"word{n}" for n in range(30_000)) + " the end"
    templates, posts = match(tmp_path, [{"post_id": f"p{n}", "text": f"Ana {n} {long}"} for n in range(2)])
    assert templates.num_rows == 1
    assert all(end <= len(long) + 6 for row in rows(posts) for _, _, end in json.loads(row["slots"]))


@pytest.fixture(scope="module")
def many() -> list[Row]:
    texts, _ = ads(World(1500, noise=0.03))
    return [{"post_id": f"p{n:05}", "text": text} for n, text in enumerate(texts)]


def test_order_of_rows_and_threads_change_nothing(tmp_path: Path, many: list[Row]) -> None:
    mixed = random.Random(4).sample(many, len(many))
    first, second = match(tmp_path / "a", many), match(tmp_path / "b", mixed, threads=2)
    assert first[0].num_rows > 5
    assert first[0].equals(second[0])
    assert first[1].equals(second[1])


def test_spans_of_slots_stand_in_order_inside_the_text(tmp_path: Path, many: list[Row]) -> None:
    _, posts = match(tmp_path, many)
    lengths = {row["post_id"]: len(row["text"]) for row in many}
    for row in rows(posts):
        slots = json.loads(row["slots"])
        edges = [edge for _, start, end in slots for edge in (start, end)]
        assert edges == sorted(edges)
        assert [slot for slot, _, _ in slots] == sorted({slot for slot, _, _ in slots})
        assert not edges or (edges[0] >= 0 and edges[-1] <= lengths[row["post_id"]])


def test_a_group_of_the_posts_of_the_run_before_keeps_its_rows(tmp_path: Path) -> None:
    with testing.engine(tmp_path / "first", {"posts": POSTS}) as engine:
        run(engine, Options())
        before = {name: engine.read(name).files for name in ("templates", "template_posts")}
    with testing.engine(tmp_path / "then", {"posts": POSTS + OTHERS}) as engine:
        engine.earlier = lambda table: before[table]
        run(engine, Options())
        found = [engine.fetch(engine.read(name)) for name in before]
    assert [*map(rows, found)] == [*map(rows, match(tmp_path / "whole", POSTS + OTHERS))]


@pytest.mark.parametrize("held", [2, 3, 4])
def test_a_group_that_grew_or_shrank_is_made_anew(tmp_path: Path, held: int) -> None:
    more = [{**POSTS[0], "post_id": "p9", "text": SHAPE.format("Eva", "020 7946 0111", "£99")}]
    with testing.engine(tmp_path / "first", {"posts": (POSTS + more)[:held]}) as engine:
        run(engine, Options())
        before = {name: engine.read(name).files for name in ("templates", "template_posts")}
    with testing.engine(tmp_path / "then", {"posts": POSTS}) as engine:
        engine.earlier = lambda table: before[table]
        run(engine, Options())
        found = [engine.fetch(engine.read(name)) for name in before]
    assert [*map(rows, found)] == [*map(rows, match(tmp_path / "whole", POSTS))]
