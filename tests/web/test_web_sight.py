"""What is out of sight is out of every table: by its marking, by whose case it is, and where it may be about minors."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from undertow import Workspace, testing
from undertow.review.people import Person
from undertow.runs import running
from undertow.web.reading import Reader
from undertow.web.sight import Sight, sight

TABLES: dict[str, list[dict[str, Any]]] = {
    "originals": [{"original_id": name, "marking": marking} for name, marking in (
        ("o1", "TLP:GREEN"), ("o2", "TLP:RED"), ("o3", "SECRET"))],
    "posts": [{"post_id": f"p{n}", "original_id": f"o{n}", "text": f"words {n}"} for n in (1, 2, 3)]
    + [{"post_id": "p4", "original_id": "o1", "text": "words 4"}],
    "mentions": [{"record_id": f"p{n}", "field": "text", "kind": "phone", "value": str(n)} for n in (1, 2, 3, 4)],
    "network_members": [{"network_id": f"n{n}", "record_id": f"p{n}"} for n in (1, 2, 3, 4)],
    "networks": [{"network_id": f"n{n}"} for n in (1, 2, 3, 4)],
    "leads": [{"lead_id": f"l{n}", "network_id": f"n{n}", "score": 1} for n in (1, 2, 3, 4)],
    "signals": [{"subject_id": "n4", "indicator": "age_under_18_stated", "record_id": "p4", "field": "text"}],
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    made = Workspace.start(tmp_path / "case")
    with running(made.root, "run") as run:
        for name, rows in TABLES.items():
            run.target(name).mkdir(parents=True)
            pq.write_table(testing.table(name, rows), run.target(name) / "part-00000.parquet")
    return made


def seen(place: Workspace, of: Sight) -> dict[str, list[str]]:
    reader, every = Reader(place.catalogue, of), ["p1", "p2", "p3", "p4"]
    return {
        "leads": sorted(reader.whole("leads")["lead_id"].to_pylist()),
        "posts": sorted(reader.part("posts", "post_id", every)["post_id"].to_pylist()),
        "mentions": sorted(reader.part("mentions", "record_id", every)["record_id"].to_pylist()),
        "networks": sorted(reader.part("networks", "network_id", ["n1", "n2", "n3", "n4"])["network_id"].to_pylist()),
        "words": sorted(one for _, one in reader.holding("words", 10)),
        "files": sorted(reader.whole("originals")["original_id"].to_pylist()),
    }


def all_of(*numbers: int, files: list[str]) -> dict[str, list[str]]:
    letters = {"leads": "l", "posts": "p", "mentions": "p", "networks": "n", "words": "p"}
    return {name: [f"{letter}{n}" for n in numbers] for name, letter in letters.items()} | {"files": files}


def test_a_marking_hides_its_file_and_all_that_comes_of_it(place: Workspace) -> None:
    assert seen(place, Sight("TLP:GREEN")) == all_of(1, 4, files=["o1"])


def test_a_word_that_is_no_marking_is_as_strict_as_the_strictest(place: Workspace) -> None:
    assert seen(place, Sight("TLP:AMBER+STRICT")) == all_of(1, 4, files=["o1"])
    assert seen(place, Sight("TLP:RED")) == all_of(1, 2, 3, 4, files=["o1", "o2", "o3"])


@pytest.mark.parametrize(("roles", "leads"), [
    (("case lead",), ["l1", "l2", "l3"]), (("analyst", "child protection"), ["l1", "l2", "l3", "l4"]),
])  # fmt: skip
def test_what_may_be_about_minors_needs_a_second_role(
    place: Workspace, roles: tuple[str, ...], leads: list[str]
) -> None:
    assert seen(place, sight(Person("u1", "Ana", roles, "TLP:RED")))["leads"] == leads


def test_who_sees_only_cases_sees_their_leads_and_records_as_far_as_the_marking_goes(place: Workspace) -> None:
    person = Person("u1", "Ana", ("analyst", "child protection"), "TLP:GREEN", only_cases=True)
    held = seen(place, sight(person, frozenset({"l1", "l2"}), frozenset({"p4"})))
    assert (held["leads"], held["posts"], held["words"]) == (["l1"], ["p1", "p4"], ["p1", "p4"])


def test_who_is_on_no_case_sees_nothing(place: Workspace) -> None:
    held = seen(place, sight(Person("u1", "Ana", ("case lead",), "TLP:RED", only_cases=True)))
    assert [held[name] for name in ("leads", "posts", "mentions", "networks", "words")] == [[]] * 5
