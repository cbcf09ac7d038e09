"""What the calibration benchmark fits and tells."""

from benchmarks.calibration import World, errors, fitted, table


def world(name: str, family: str, true_of_ten: int) -> World:
    scores = [100, 300] * 100
    return World(name, family, scores, [score > 200 and at % 20 < 2 * true_of_ten for at, score in enumerate(scores)])


def test_a_curve_is_tried_on_the_family_that_it_was_not_fitted_to() -> None:
    alike, other = [world("a1", "a", 9), world("b1", "b", 9)], [world("a1", "a", 9), world("b1", "b", 3)]
    said = [float(table(worlds).splitlines()[2].split("|")[5]) for worlds in (alike, other)]
    assert said[0] < 0.02 < 0.2 < said[1]


def test_leads_that_are_few_have_an_error_even_where_every_chance_is_right() -> None:
    curve, many = fitted([world("a1", "a", 5)]), world("a1", "a", 5)
    few = World("a2", "a", many.scores[:20], many.true[:20])
    assert errors(curve, few)[1] > 2 * errors(curve, many)[1]


def test_what_is_printed_is_the_curve_of_all_worlds() -> None:
    worlds = [world("a1", "a", 5), world("b1", "b", 7)]
    assert f"slope = {fitted(worlds).slope}\nintercept = {fitted(worlds).intercept}" in table(worlds)
