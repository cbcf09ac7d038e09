"""What a cut would do to networks."""

from undertow.foreseeing import Before, compare


def test_a_network_that_comes_apart_is_told_with_its_parts() -> None:
    before = dict.fromkeys(("p1", "p2", "p3", "p4", "p5"), "n1")
    after = {"p1": "n1", "p2": "n1", "p3": "n2", "p4": "n2"}
    assert compare(before, after).networks == [Before("n1", 5, [(2, 2), (2, 2)], 1)]


def test_a_network_that_stays_is_not_told_though_its_name_changes() -> None:
    assert compare({"p1": "n1", "p2": "n1"}, {"p1": "n9", "p2": "n9"}).networks == []


def test_networks_that_would_join_are_told() -> None:
    found = compare({"p1": "n1", "p2": "n1", "p3": "n2", "p4": "n2"}, dict.fromkeys(("p1", "p2", "p3", "p4"), "n1"))
    assert found.networks == [Before("n1", 2, [(2, 4)], 0), Before("n2", 2, [(2, 4)], 0)]
