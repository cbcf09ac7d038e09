"""Middlemen: exact against taking each node away and counting; and what is said of them."""

import tempfile
from itertools import combinations
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.worlds import Post, link, world

from undertow.link.options import Options

A, B = "+12025550123", "+12025550145"


def two_halves() -> list[Post]:
    middle = Post("pz", many=(("phone", A), ("phone", B)))
    return [*(Post(f"p{n}", A) for n in range(3)), *(Post(f"q{n}", B) for n in range(2)), middle]


def test_the_post_that_ties_both_halves_is_a_middleman(tmp_path: Path) -> None:
    brokers = link(tmp_path, world(two_halves()))["brokers"].to_pylist()
    assert [row for row in brokers if row["node"] == "pz"] == [
        {
            "network_id": brokers[0]["network_id"],
            "node_kind": "post",
            "node": "pz",
            "reach": 0,
            "score": 6,
            "parts": 2,
            "largest_part": 3,
            "apart": "Without the post pz, 2 parts would not meet; records in the two largest: 3 and 2.",
        }
    ]


def test_the_one_phone_of_one_author_is_no_middleman(tmp_path: Path) -> None:
    assert link(tmp_path, world([Post(f"p{n}", A) for n in range(5)]))["brokers"].num_rows == 0


def test_the_account_that_wrote_every_post_is_no_middleman(tmp_path: Path) -> None:
    posts = [Post(f"p{n}", phone, "ana") for n, phone in enumerate([A, A, B, B])]
    assert link(tmp_path, world(posts))["brokers"].num_rows == 0


def test_an_account_that_joins_two_phones_is_a_middleman(tmp_path: Path) -> None:
    posts = [Post("p1", A), Post("p2", A, "ana"), Post("p3", B, "ana"), Post("p4", B)]
    brokers = link(tmp_path, world(posts))["brokers"].to_pylist()
    assert ("account", "ads.example:ana", 4) in [(row["node_kind"], row["node"], row["score"]) for row in brokers]


def test_parts_that_a_weak_tie_still_holds_have_no_middleman(tmp_path: Path) -> None:
    posts = [Post("p1", A, domain="stay.example"), Post("p2", A, "ana"), Post("p3", B, "ana"), Post("p4", B)]
    posts[3] = Post("p4", B, domain="stay.example")
    assert link(tmp_path, world(posts))["brokers"].num_rows == 0


def test_the_list_of_a_network_ends_where_the_options_say(tmp_path: Path) -> None:
    brokers = link(tmp_path, world(two_halves()), Options(brokers=1))["brokers"].to_pylist()
    assert [row["score"] for row in brokers] == [max(row["score"] for row in brokers)] == [6]


values = st.lists(st.tuples(st.just("email"), st.sampled_from("abcdefg")), min_size=1, max_size=3, unique=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(values, max_size=9))
def test_scores_are_those_of_taking_each_node_away(held: list[list[tuple[str, str]]]) -> None:
    posts = [Post(f"p{n}", many=tuple(values)) for n, values in enumerate(held)]
    with tempfile.TemporaryDirectory() as folder:
        tables = link(Path(folder), world(posts), Options(brokers=100))
    found = {(row["node"], row["score"], row["parts"], row["largest_part"]) for row in tables["brokers"].to_pylist()}
    assert found == _by_removal(tables)


def _by_removal(tables: dict[str, pa.Table]) -> set[tuple[str, int, int, int]]:
    ties = [(row["record_id"], row["via"]) for row in tables["ties"].to_pylist() if row["records"] > 1]
    network = {row["record_id"]: row["network_id"] for row in tables["network_members"].to_pylist()}
    found = set()
    for node in {node for tie in ties for node in tie}:
        near = {record for record, via in ties if node in (record, via)}
        records = {r for r in network if network[r] == network[min(near)]} - {node}
        groups = _groups(records, [tie for tie in ties if node not in tie])
        apart = sum(len(one) * len(other) for one, other in combinations(groups, 2))
        sizes = sorted(map(len, groups), reverse=True)
        if apart and (node in network or (sizes[1] > 1 and len(near) < len(records))):
            found.add((node, apart, len(groups), sizes[0]))
    return found


def _groups(records: set[str], ties: list[tuple[str, str]]) -> list[set[str]]:
    groups = [{record} for record in records]
    for value in {via for _, via in ties}:
        holders = {record for record, via in ties if via == value}
        touched = [group for group in groups if group & holders]
        groups = [group for group in groups if not group & holders] + ([set().union(*touched)] if touched else [])
    return groups
