"""What people called the same is joined, and what they called not the same never meets, whatever ties it."""

import tempfile
from itertools import permutations
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.link.said import Word, rows, said
from tests.link.test_link_order import posts
from tests.link.worlds import Parts, Post, link, parts, world

from undertow.link.options import Options

PHONE, OTHER = "+12025550101", "+12025550102"
NAMES = [f"p{n:02}" for n in range(8)]
sides = st.permutations(NAMES).flatmap(
    lambda held: st.tuples(st.integers(1, 2), st.integers(1, 2)).map(
        lambda sizes: (" ".join(held[: sizes[0]]), " ".join(held[sizes[0] : sum(sizes)]))
    )
)
words = st.lists(
    st.tuples(st.sampled_from(["same", "not same", "unsure"]), sides).map(lambda one: (one[0], *one[1])), max_size=8
)


def networks(held: list[Post], *spoken: Word, options: Options | None = None) -> Parts:
    with tempfile.TemporaryDirectory() as folder:
        return parts(link(Path(folder), world(held) | rows(spoken), options))


def of(held: Parts) -> dict[str, int]:
    return {record: number for number, records in enumerate(held) for record in records}


def chained(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    """What a chain of pairs brings together."""
    groups = {name: {name} for name in NAMES}
    for one, other in pairs:
        both = groups[one] | groups[other]
        groups.update(dict.fromkeys(both, both))
    return groups


@settings(max_examples=60, deadline=None)
@given(posts, words)
@example([Post("p00", PHONE), Post("p01", PHONE), Post("p02", PHONE)], [("not same", "p00", "p02")])
def test_what_is_not_the_same_is_in_no_network_together(held: list[Post], spoken: list[Word]) -> None:
    network = of(networks(held, *spoken))
    for bar in said(*spoken).apart:
        met = {network[one] for one in bar.one if one in network} & {
            network[one] for one in bar.other if one in network
        }
        assert not met


@settings(max_examples=60, deadline=None)
@given(posts, words)
def test_what_is_the_same_is_together_unless_a_chain_of_such_words_breaks_a_no(
    held: list[Post], spoken: list[Word]
) -> None:
    now, network = said(*spoken), of(networks(held, *spoken))
    groups = chained([word.pair for word in now.same])
    for word in now.same:
        one, other = word.pair
        broken = any(groups[one] & bar.one and groups[one] & bar.other for bar in now.apart)
        assert broken or network[one] == network[other]


@settings(max_examples=30, deadline=None)
@given(posts, st.permutations(NAMES), st.randoms(use_true_random=False))
def test_the_order_of_words_on_other_pairs_does_not_matter(held: list[Post], names: list[str], chance: object) -> None:
    spoken = [("not same", names[0], names[1]), ("same", names[2], names[3]), ("not same", names[4], names[5])]
    assert len({str(networks(held, *order)) for order in permutations(spoken)}) == 1


def test_a_way_through_others_does_not_bring_together_what_is_not_the_same() -> None:
    held = [Post("p00", PHONE), Post("p01", PHONE, many=(("email", "a@example.com"),)), *mails("p02")]
    assert networks(held) == [["p00", "p01", "p02"]]
    assert len(networks(held, ("not same", "p00", "p02"))) == 1


def mails(*names: str) -> list[Post]:
    return [Post(name, many=(("email", "a@example.com"),)) for name in names]


def test_of_the_links_on_the_way_the_weaker_gives() -> None:
    rare = [Post("p00", many=(("email", "a@example.com"),)), Post("p01", PHONE, many=(("email", "a@example.com"),))]
    common = [Post("p02", PHONE), Post("p03", PHONE)]
    assert networks([*rare, *common]) == [["p00", "p01", "p02", "p03"]]
    assert networks([*rare, *common], ("not same", "p00", "p02 p03")) == [["p00", "p01"], ["p02", "p03"]]


def test_what_shares_one_value_keeps_together_but_for_the_record_that_is_another() -> None:
    held = [Post(name, PHONE) for name in ("p00", "p01", "p02", "p03")]
    assert networks(held, ("not same", "p00", "p02")) == [["p00", "p01", "p03"]]
    assert networks(held, ("not same", "p02 p03", "p00 p01")) == [["p00", "p01"], ["p02", "p03"]]


def test_what_a_person_keeps_apart_is_listed_with_the_decision_and_the_reason(tmp_path: Path) -> None:
    held = [Post("p00", PHONE), Post("p01", PHONE)]
    (row,) = link(tmp_path, world(held) | rows([("not same", "p00", "p01")]))["kept_apart"].to_pylist()
    assert (row["via_kind"], row["via"], row["number"]) == ("phone", PHONE, 1)
    assert row["why"].endswith("what a person called not the same: seen on a visit")


def test_a_person_joins_what_shares_nothing_and_the_step_says_so(tmp_path: Path) -> None:
    members = link(tmp_path, world([Post("p00", PHONE), Post("p01", OTHER)]) | rows([("same", "p00", "p01")]))
    assert [row["why"] for row in members["network_members"].to_pylist()] == [
        "the first record of the network",
        "belongs, a person said, to the pair p00 p01, as does p00",
    ]


def test_a_word_joins_records_that_hold_nothing_at_all() -> None:
    assert networks([Post("p00"), Post("p01")], ("same", "p00", "p01")) == [["p00", "p01"]]


def test_what_a_person_joins_is_never_too_large() -> None:
    chain = [("same", f"p0{n}", f"p0{n + 1}") for n in range(5)]
    small = Options(giant_records=3, giant_share=0.0)
    assert networks([Post(name) for name in NAMES], *chain, options=small) == [NAMES[:6]]


def test_words_taken_back_leave_the_first_result_exactly(tmp_path: Path) -> None:
    held = world([Post(name, PHONE) for name in ("p00", "p01", "p02")])
    first = link(tmp_path / "1", held)
    apart = {"network_members": first["network_members"].to_pylist(), **rows([("not same", "p00", "p02")])}
    second = link(tmp_path / "2", held | apart)
    third = link(tmp_path / "3", held | {"network_members": second["network_members"].to_pylist()})
    assert second["network_members"] != first["network_members"]
    assert all(third[name].equals(first[name]) for name in first if name != "lineage")
