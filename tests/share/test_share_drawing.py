"""Drawings: the same at every run, nothing outside the frame, large networks drawn smaller and said so."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from undertow.share.contract import Broker, Tie
from undertow.share.drawing import HEIGHT, WIDTH, draw, short
from undertow.share.layout import place

STAR = [Tie(f"p{number:04d}", "phone", f"+1202555{number % 4:04d}") for number in range(20)]
LARGE = [
    Tie(f"p{number:04d}", kind, f"{kind}{number % size}")
    for number in range(5_000)
    for kind, size in (("phone", 97), ("template", 11))
]


def test_a_drawing_does_not_depend_on_the_order_of_ties() -> None:
    mixed = STAR.copy()
    random.Random(7).shuffle(mixed)
    assert draw(mixed) == draw(STAR)


def test_each_record_is_a_dot_and_each_shared_thing_a_numbered_shape() -> None:
    made = draw(STAR)
    assert len(made.dots) == 20 and [shape.number for shape in made.shapes] == [1, 2, 3, 4]


def test_what_only_one_record_holds_is_counted_and_not_drawn() -> None:
    made = draw([*STAR, Tie("p0001", "email", "ana@post.example")])
    assert len(made.shapes) == 4 and made.hidden_shared == 1


def test_a_broker_is_marked() -> None:
    made = draw(STAR, [Broker("phone", "+12025550000", 10, 2, 5, "")])
    assert [shape.via for shape in made.shapes if shape.broker] == ["+12025550000"]


def test_a_network_of_5000_records_becomes_a_drawing_of_bounded_size() -> None:
    made = draw(LARGE)
    assert made.aggregated and len(made.dots) <= 90 and len(made.shapes) <= 30


def test_all_records_of_a_large_network_are_drawn_or_counted() -> None:
    made = draw(LARGE)
    assert made.records + made.hidden_records == 5_000
    assert sum(dot.records for dot in made.dots) == made.records


def test_no_ties_give_an_empty_drawing() -> None:
    made = draw([])
    assert (made.dots, made.shapes, made.lines) == ([], [], [])


def test_no_two_labels_cover_each_other() -> None:
    boxes = [
        (shape.label_x, shape.label_y, shape.label_x + shape.label_width, shape.label_y + 18)
        for shape in draw(LARGE).shapes
        if shape.label
    ]
    assert boxes and not [
        (one, two)
        for one in boxes
        for two in boxes
        if one < two and one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
    ]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=60))
def test_everything_lies_inside_the_frame(pairs: list[tuple[int, int]]) -> None:
    made = draw([Tie(f"p{record}", "phone", f"v{via}") for record, via in pairs])
    spots = [(dot.x, dot.y) for dot in made.dots] + [(shape.x, shape.y) for shape in made.shapes]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in spots)


def test_two_nodes_without_an_edge_do_not_lie_on_each_other() -> None:
    at = place(2, np.zeros((0, 2), np.int64), width=100, height=100)
    assert np.hypot(*(at[0] - at[1])) > 50


def test_a_shortened_name_keeps_its_end() -> None:
    assert short("https://ads.example/very/long/path/17", 20) == "https://ad…g/path/17"
