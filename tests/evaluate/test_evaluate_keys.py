"""Records are found by their id, whatever it looks like."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from undertow import ids
from undertow.evaluate.keys import Places, keys


@given(st.lists(st.text(max_size=25), unique=True, max_size=40), st.text(max_size=25))
def test_an_id_is_found_at_its_place_and_a_strange_one_nowhere(held: list[str], strange: str) -> None:
    places = Places.of(keys(pa.array(held, pa.string())))
    assert places.find(pa.array(held, pa.string())).tolist() == list(range(len(held)))
    if strange not in held:
        assert places.find(pa.array([strange], pa.string())).tolist() == [-1]


def test_ids_in_pieces_and_slices_are_those_of_the_whole() -> None:
    made = pa.array([ids.record_id("p", "x", str(at)) for at in range(50)])
    whole = keys(made)
    assert keys(pa.chunked_array([made.slice(0, 7), made.slice(7)])).tolist() == whole.tolist()
    assert keys(made.slice(20, 5)).tolist() == whole[20:25].tolist()


def test_two_kinds_of_record_at_one_place_are_two() -> None:
    post, account = (ids.record_id(letter, "x", "1") for letter in "pa")
    assert len(set(keys(pa.array([post, account])).tolist())) == 2
