"""The world on the disk: repeatable, sealed, and read by `collect` to the last record."""

from collections import Counter
from pathlib import Path

import orjson
import pytest

from undertow import truth
from undertow.errors import UserError
from undertow.simulate import Options, simulate
from undertow.simulate import family as families
from undertow.workspace import Workspace

POSTS = 1_500


@pytest.fixture(scope="module", params=families.names())
def world(request, tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("world") / request.param
    simulate(folder, Options(POSTS, 3, request.param, pictures=10))
    return folder


@pytest.fixture(scope="module")
def workspace(world, tmp_path_factory) -> Workspace:
    made = Workspace.start(tmp_path_factory.mktemp("workspace") / "w")
    made.collect([world / "files"])
    return made


def _records(workspace: Workspace) -> dict[tuple[str, str, str], dict[str, object]]:
    names = {row["original_id"]: Path(row["name"]).name for row in workspace.table("originals").to_pylist()}
    return {
        (names[row["original_id"]], row["position"], table): row
        for table in ("posts", "accounts", "payments", "bookings", "pictures", "incidents")
        for row in workspace.table(table).to_pylist()
    }


def test_the_same_seed_gives_the_same_bytes(world, tmp_path):
    simulate(tmp_path / "again", Options(POSTS, 3, world.name, pictures=10))
    for path in sorted(world.rglob("*.*")):
        assert (tmp_path / "again" / path.relative_to(world)).read_bytes() == path.read_bytes(), path


def test_another_seed_gives_another_world(world, tmp_path):
    simulate(tmp_path / "other", Options(POSTS, 4, world.name, pictures=10))
    one, two = ({path.read_bytes() for path in (folder / "files").iterdir()} for folder in (world, tmp_path / "other"))
    assert not one & two


def test_there_are_as_many_posts_as_were_asked_for(world):
    tables = truth.read(world / "truth", "records")["table"].to_pylist()
    assert Counter(tables)["posts"] == POSTS


def test_the_seal_names_every_file_and_breaks_with_a_changed_one(world, tmp_path):
    simulate(tmp_path / "w", Options(200, 5, world.name, pictures=0))
    seal = orjson.loads((tmp_path / "w" / "truth" / truth.SEAL).read_bytes())["files"]
    held = {str(path.relative_to(tmp_path / "w")) for path in (tmp_path / "w").rglob("*.*") if path.name != truth.SEAL}
    assert set(seal) == held
    assert not list(truth.broken(tmp_path / "w", seal))
    with (tmp_path / "w" / min(seal)).open("ab") as file:
        file.write(b" ")
    assert list(truth.broken(tmp_path / "w", seal)) == [min(seal)]


def test_collect_reads_every_record_that_the_truth_names_and_no_other(world, workspace):
    known = truth.read(world / "truth", "records").to_pylist()
    assert {(row["file"], row["position"], row["table"]) for row in known} == set(_records(workspace))
    assert workspace.rejects().num_rows == 0


def test_every_place_in_a_text_holds_the_value_that_the_truth_says(world, workspace):
    records = {key[:2]: row for key, row in _records(workspace).items() if key[2] in ("posts", "incidents")}
    spans = [row for row in truth.read(world / "truth", "spans").to_pylist() if row["start"] >= 0]
    towns = [row for row in spans if row["kind"] == "place"]
    ages = [row for row in spans if row["kind"] == "age"]
    assert towns and ages
    for row in towns + ages:
        text = str(records[row["file"], row["position"]][row["field"]])
        assert text[row["start"] : row["end"]].casefold() == row["value"].split(",")[0].casefold()


def test_every_number_is_from_a_range_reserved_for_fiction(world):
    phones = {r["value"] for r in truth.read(world / "truth", "spans").to_pylist() if r["kind"] == "phone"}
    assert len(phones) > 100
    for phone in phones:
        assert (phone[:2] == "+1" and phone[5:10] == "55501") or phone[:3] in ("+44", "+61"), phone


def test_no_number_belongs_to_two_networks_unless_a_broker_gives_it(world):
    owners: dict[str, set[str]] = {}
    network = {(r["file"], r["position"]): r["network"] for r in truth.read(world / "truth", "records").to_pylist()}
    for row in truth.read(world / "truth", "spans").to_pylist():
        if row["kind"] == "phone":
            owners.setdefault(row["value"], set()).add(network[row["file"], row["position"]])
    brokers = {row["value"] for row in truth.read(world / "truth", "brokers").to_pylist()}
    friends = {row["network"] for row in truth.read(world / "truth", "people").to_pylist() if row["sort"] == "sharing"}
    shared = {phone for phone, some in owners.items() if len(some) > 1 and not some & friends}
    assert shared <= brokers


def test_no_sort_has_more_than_its_share_of_the_posts_but_for_the_last_of_its_actors(world):
    family = families.load(world.name)
    rows = truth.read(world / "truth", "records").to_pylist()
    made = Counter(row["sort"] for row in rows if row["table"] == "posts")
    posts = Counter((row["sort"], row["network"]) for row in rows if row["table"] == "posts")
    for sort, share in family.shares.items():
        last = max((count for (of, _), count in posts.items() if of == sort), default=0)
        assert made[sort] <= share * POSTS + last, sort


def test_the_sorts_of_actors_are_those_that_the_truth_knows(world):
    sorts = set(truth.read(world / "truth", "people")["sort"].to_pylist())
    assert sorts <= set(truth.SORTS)
    assert set(families.load(world.name).shares) <= set(truth.SORTS)


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    with pytest.raises(UserError, match="not empty"):
        simulate(tmp_path, Options(10, 1))


def test_a_family_that_is_not_there_is_named_with_those_that_are(tmp_path):
    with pytest.raises(UserError, match="no family marsh") as raised:
        simulate(tmp_path / "w", Options(10, 1, "marsh"))
    assert "harbour" in raised.value.hint


def test_two_processes_make_the_same_world_as_one(tmp_path):
    for workers in (1, 2):
        simulate(tmp_path / str(workers), Options(600, 9, pictures=4, shard=300, workers=workers))
    one, two = ((tmp_path / str(workers) / "truth" / truth.SEAL).read_bytes() for workers in (1, 2))
    assert one == two
