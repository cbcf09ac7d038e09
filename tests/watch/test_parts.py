"""New records belong to the networks that their values lead to, by themselves or through each other."""

from hypothesis import given
from hypothesis import strategies as st

from undertow.watch.known import UNKNOWN, Key
from undertow.watch.parts import Parts

A, B, C = (1, 1), (2, 2), (3, 3)
VALUES = st.dictionaries(st.sampled_from("pqrstu"), st.sets(st.sampled_from((A, B, C, (4, 4), (5, 5))), min_size=1))
LEADS = {A: 0, (4, 4): 1}


def added(records: dict[str, set[Key]]) -> Parts:
    parts = Parts()
    for record, values in records.items():
        parts.add(record, [(value, LEADS.get(value, UNKNOWN)) for value in sorted(values)])
    return parts


def test_a_record_is_in_the_network_that_its_value_leads_to() -> None:
    assert added({"p": {A}}).of(A).networks == {0}


def test_a_record_is_in_a_network_through_another_new_record() -> None:
    assert added({"p": {A, B}, "q": {B, C}}).of(C).networks == {0}


def test_what_is_tied_to_one_network_by_different_values_is_one_part() -> None:
    parts = Parts()
    parts.add("p", [(A, 0)])
    parts.add("q", [(B, 0), (C, 1)])
    assert parts.of(A).networks == {0, 1}


def test_the_smallest_new_record_of_a_part_is_known() -> None:
    assert added({"q": {A, B}, "p": {B}}).of(A).first_record == "p"


@given(VALUES)
def test_the_order_of_records_does_not_matter(records: dict[str, set[Key]]) -> None:
    there, back = added(records), added(dict(reversed(records.items())))
    assert all(there.of(value) == back.of(value) for values in records.values() for value in values)
