"""The strongest path: exact against trying every path, in few steps, and honest about hubs."""

from itertools import pairwise, permutations
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow import testing
from undertow.link.paths import Step, strongest_path

Tie = tuple[str, str, int]


def ties(*rows: Tie, capped: tuple[str, ...] = ()) -> pa.Table:
    """Ties of records to phones of some weight; `capped` names phones."""
    return testing.table(
        "ties",
        [
            {"record_id": record, "via_kind": "phone", "via": via, "weight": weight, "capped": via in capped}
            for record, via, weight in rows
        ],
    )


def way(steps: list[Step]) -> list[tuple[str, str, str]]:
    return [(step.from_record, step.via, step.to_record) for step in steps]


def test_two_records_that_share_a_value_are_one_step_apart() -> None:
    assert strongest_path(ties(("p1", "A", 900), ("p2", "A", 900)), "p1", "p2") == [
        Step("p1", "p2", "phone", "A", 900, 900, (), False, "p1 gives the phone A, as does p2.")
    ]


def test_two_strong_steps_are_better_than_one_weak_one() -> None:
    rows = ties(
        ("p1", "A", 900), ("p2", "A", 900), ("p2", "B", 800), ("p3", "B", 800), ("p1", "C", 100), ("p3", "C", 100)
    )
    assert way(strongest_path(rows, "p1", "p3")) == [("p1", "A", "p2"), ("p2", "B", "p3")]


def test_of_two_equally_strong_ways_the_shorter_is_taken() -> None:
    rows = ties(("p1", "A", 9), ("p2", "A", 9), ("p2", "B", 5), ("p3", "B", 5), ("p1", "C", 5), ("p3", "C", 5))
    assert way(strongest_path(rows, "p1", "p3")) == [("p1", "C", "p3")]


def test_what_else_two_records_share_is_said_too() -> None:
    step = strongest_path(ties(("p1", "A", 9), ("p2", "A", 9), ("p1", "B", 5), ("p2", "B", 5)), "p1", "p2")[0]
    assert step.sentence == "p1 gives the phone A, as does p2; both also hold the phone B."


def test_a_hub_is_used_only_where_nothing_else_leads_there_and_that_is_said() -> None:
    rows = ties(("p1", "A", 9), ("p2", "A", 9), capped=("A",))
    step = strongest_path(rows, "p1", "p2")[0]
    assert step.capped
    assert "only through a hub" in step.sentence


def test_a_way_without_hubs_is_preferred_however_long() -> None:
    rows = ties(
        ("p1", "A", 9), ("p3", "A", 9), ("p1", "B", 1), ("p2", "B", 1), ("p2", "C", 1), ("p3", "C", 1), capped=("A",)
    )
    assert way(strongest_path(rows, "p1", "p3")) == [("p1", "B", "p2"), ("p2", "C", "p3")]


def test_nothing_joins_strangers_nor_a_record_with_itself() -> None:
    rows = ties(("p1", "A", 9), ("p2", "B", 9))
    assert strongest_path(rows, "p1", "p2") == strongest_path(rows, "p1", "p1") == strongest_path(rows, "p1", "x") == []


@settings(max_examples=150, deadline=None)
@given(st.sets(st.tuples(st.sampled_from(["p1", "p2", "p3", "p4", "p5"]), st.sampled_from("ABCDE")), max_size=14))
def test_no_path_has_a_stronger_weakest_step_nor_as_strong_a_one_in_fewer_steps(held: set[tuple[str, str]]) -> None:
    weights = {"A": 5, "B": 4, "C": 4, "D": 2, "E": 1}
    steps = strongest_path(ties(*((record, via, weights[via]) for record, via in sorted(held))), "p1", "p5")
    assert (
        (min(step.from_weight for step in steps), -len(steps)) == _best(held, weights)
        if steps
        else not _best(held, weights)
    )
    ends = ["p1", *(step.to_record for step in steps)]
    assert [step.from_record for step in steps] == ends[:-1]


def _best(held: set[tuple[str, str]], weights: dict[str, int]) -> Any:
    found = []
    for count in range(4):
        for between in permutations(["p2", "p3", "p4"], count):
            stops = ["p1", *between, "p5"]
            shared = [
                [weights[via] for via in weights if (one, via) in held and (other, via) in held]
                for one, other in pairwise(stops)
            ]
            if all(shared):
                found.append((min(max(step) for step in shared), -len(shared)))
    return max(found, default=None)
