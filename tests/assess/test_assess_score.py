"""The arithmetic holds for all numbers."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.assess.asking import INDICATORS

from undertow.assess import score, weights
from undertow.assess.contract import CLASSES, Class

WEIGHTS = weights.load()
POINTS = st.integers(0, 2000)
SIGNS = st.lists(
    st.builds(
        lambda indicator, worth: score.Sign(indicator, 1, 1, 100, worth),
        st.sampled_from(list(INDICATORS.values())),
        POINTS,
    ),
    unique_by=lambda sign: sign.indicator.name,
)


@given(st.dictionaries(st.sampled_from(CLASSES), POINTS))
def test_the_classes_share_out_exactly_a_thousand(points: dict[Class, int]) -> None:
    shares = score.classes(points, WEIGHTS)
    assert sum(shares.values()) == 1000
    assert min(shares.values()) > 0


@given(st.dictionaries(st.sampled_from(CLASSES), POINTS), st.sampled_from(CLASSES), POINTS)
def test_more_points_for_a_class_never_lower_its_share(points: dict[Class, int], name: Class, more: int) -> None:
    before = score.classes(points, WEIGHTS)[name]
    assert score.classes({**points, name: points.get(name, 0) + more}, WEIGHTS)[name] >= before


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_commoner_sign_is_never_worth_more(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert score.rarity(few, 10**7, WEIGHTS) >= score.rarity(many, 10**7, WEIGHTS) >= 0


def test_a_sign_of_half_the_networks_is_worth_ln_2_at_most() -> None:
    assert score.rarity(500_000, 10**6, WEIGHTS) == 69


@given(SIGNS)
def test_no_family_and_no_lore_exceeds_its_cap(signs: list[score.Sign]) -> None:
    counted = score.count(signs, WEIGHTS)
    for family in {one.indicator.family for one in signs}:
        total = sum(one.points for one in counted if one.sign.indicator.family == family)
        assert total <= WEIGHTS.caps[family]
    assert sum(one.points for one in counted if one.sign.indicator.grade == "lore") <= WEIGHTS.lore_cap


@given(SIGNS, st.randoms())
def test_the_order_of_signs_does_not_matter(signs: list[score.Sign], chance: Random) -> None:
    shuffled = list(signs)
    chance.shuffle(shuffled)
    assert score.count(signs, WEIGHTS) == score.count(shuffled, WEIGHTS)


@given(SIGNS)
def test_no_sign_loses_by_another_more_than_it_was_worth(signs: list[score.Sign]) -> None:
    assert all(0 <= one.points <= one.sign.worth for one in score.count(signs, WEIGHTS))


@given(SIGNS)
def test_lore_alone_is_no_lead_whatever_it_is_worth(signs: list[score.Sign]) -> None:
    lore = [replace(sign, indicator=replace(sign.indicator, grade="lore")) for sign in signs]
    assert not score.is_lead(score.count(lore, WEIGHTS), WEIGHTS)


@given(st.integers(-3000, 3000), st.integers(0, 3000))
def test_a_higher_score_is_never_in_a_lower_band(low: int, more: int) -> None:
    names = [name for _, name in WEIGHTS.bands]
    assert names.index(score.band(low + more, WEIGHTS)) <= names.index(score.band(low, WEIGHTS))
