"""The result is given by the data: not by the order of rows, the number of threads, or how hashes fall."""

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.worlds import Post, World, link, parts, world

from undertow.engine.components import components

PHONES = [f"+120255501{n:02}" for n in range(6)]
some = st.none() | st.sampled_from(["x", "y", "z"])
posts = st.lists(
    st.builds(
        Post,
        st.just(""),
        phone=st.none() | st.sampled_from(PHONES),
        account=some,
        template=some,
        domain=some,
        many=st.lists(st.tuples(st.just("email"), st.sampled_from("abcde")), max_size=2).map(tuple),
    ),
    max_size=14,
).map(lambda held: [replace(post, id=f"p{n:02}") for n, post in enumerate(held)])


def shuffled(tables: World, seed: int) -> World:
    rows = {name: list(held) for name, held in tables.items()}
    for held in rows.values():
        random.Random(seed).shuffle(held)
    return rows


@settings(max_examples=25, deadline=None)
@given(posts, st.integers(0, 99))
def test_the_order_of_input_does_not_matter(held: list[Post], seed: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        straight, mixed = link(Path(one), world(held)), link(Path(two), shuffled(world(held), seed))
    assert all(straight[name].equals(mixed[name]) for name in straight)


@settings(max_examples=25, deadline=None)
@given(posts)
def test_strong_values_that_are_not_capped_give_the_connected_components(held: list[Post]) -> None:
    contacts = [Post(post.id, post.phone, post.account, many=post.many) for post in held]
    with tempfile.TemporaryDirectory() as folder:
        tables = link(Path(folder), world(contacts))
    first: dict[tuple[str, str], str] = {}
    edges = [
        (first.setdefault((row["via_kind"], row["via"]), row["record_id"]), row["record_id"])
        for row in tables["ties"].to_pylist()
        if not row["capped"]
    ]
    number = {post.id: place for place, post in enumerate(contacts)}
    label = components(len(contacts), [number[a] for a, _ in edges], [number[b] for _, b in edges])
    groups = [[post.id for post, of in zip(contacts, label, strict=True) if of == name] for name in sorted(set(label))]
    assert parts(tables) == [group for group in groups if len(group) > 1]


@settings(max_examples=25, deadline=None)
@given(posts)
def test_every_step_leads_back_to_the_first_record_over_something_both_hold(held: list[Post]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tables = link(Path(folder), world(held))
    values: dict[str, set[tuple[str, str]]] = {}
    for row in tables["ties"].to_pylist():
        values.setdefault(row["record_id"], set()).add((row["via_kind"], row["via"]))
    came = {row["record_id"]: row for row in tables["network_members"].to_pylist()}
    for held_by in came.values():
        seen, row = set(), held_by
        while row["from_record"]:
            steps = set(zip(row["via_kind"].split("+"), row["via"].split(" + "), strict=True))
            assert steps <= values[row["record_id"]] & values[row["from_record"]]
            assert row["record_id"] not in seen
            seen.add(row["record_id"])
            row = came[row["from_record"]]
        assert held_by["network_id"] == row["network_id"]


@settings(max_examples=25, deadline=None)
@given(posts)
def test_no_record_is_in_two_networks_and_none_is_alone_in_one(held: list[Post]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tables = link(Path(folder), world(held))
    records = tables["network_members"]["record_id"].to_pylist()
    assert len(records) == len(set(records))
    assert all(len(part) > 1 for part in parts(tables))
    assert sorted(tables["networks"]["records"].to_pylist()) == sorted(len(part) for part in parts(tables))
