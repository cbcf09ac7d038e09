"""Templates and networks: the figures of a hand-made truth are those worked out by hand."""

from pathlib import Path

import pytest
from tests.evaluate.worlds import measured, members, post

FOUR = [{"position": str(at), "network": "ab"[at > 2]} for at in (1, 2, 3, 4)]  # a: 1 2, b: 3 4


@pytest.mark.parametrize(
    ("found", "precision", "recall", "bcubed"),
    [
        ({"n1": [1, 2], "n2": [3, 4]}, 1.0, 1.0, 1.0),
        ({"n1": [1, 2, 3, 4]}, 2 / 6, 1.0, 2 / 3),
        ({"n1": [1, 2]}, 1.0, 0.5, 2 * 0.75 / 1.75),
        ({"n1": [1, 3], "n2": [2, 4]}, 0.0, 0.0, 0.5),
    ],
    ids=["perfect", "merged", "half apart", "crossed"],
)
def test_networks_by_hand(
    tmp_path: Path, found: dict[str, list[int]], precision: float, recall: float, bcubed: float
) -> None:
    made = measured(tmp_path, FOUR, {"network_members": members(**found)})
    assert made.value("networks.pairwise_precision") == pytest.approx(precision)
    assert made.value("networks.pairwise_recall") == pytest.approx(recall)
    assert made.value("networks.bcubed_f1") == pytest.approx(bcubed)


def test_all_apart_has_no_precision_and_says_why(tmp_path: Path) -> None:
    made = measured(tmp_path, FOUR, {"network_members": []})
    one = made.figure("networks.pairwise_precision")
    assert (one.value, one.note) == (None, "nothing was found together")
    assert made.value("networks.pairwise_f1") == 0
    assert made.value("networks.largest_holds") == 0


def test_the_largest_network_holds_the_true_networks_that_it_merges(tmp_path: Path) -> None:
    alone = [{"position": "5", "network": "c"}]  # of one post: it does not count among those held
    made = measured(tmp_path, [*FOUR, *alone], {"network_members": members(n1=[1, 2, 3, 4, 5])})
    assert made.value("networks.largest_holds") == 2


def test_the_worst_network_need_not_be_the_largest(tmp_path: Path) -> None:
    big = [{"position": str(at), "network": "c"} for at in range(5, 10)]
    found = members(n1=[1, 3], n2=[5, 6, 7, 8, 9])
    made = measured(tmp_path, [*FOUR, *big], {"network_members": found})
    assert (made.value("networks.largest_holds"), made.value("networks.most_held")) == (1, 2)


def test_only_posts_count_in_networks(tmp_path: Path) -> None:
    account = {"position": "9", "network": "a", "table": "accounts"}
    made = measured(tmp_path, [*FOUR, account], {"network_members": members(n1=[1, 2], n2=[3, 4])})
    assert made.figure("networks.bcubed_f1").n == 4


def templated(**templates: list[int]) -> list[dict[str, str]]:
    return [{"template_id": name, "post_id": post(at)} for name, held in templates.items() for at in held]


def test_templates_count_posts_that_have_one_in_truth_or_as_found(tmp_path: Path) -> None:
    records = [
        {"position": str(at), "network": "a", "template": template}
        for at, template in enumerate(("t", "t", "", "", ""), 1)
    ]
    made = measured(tmp_path, records, {"template_posts": templated(x=[1, 2, 3])})
    assert made.figure("templates.pairwise_f1").n == 3
    assert made.value("templates.pairwise_precision") == pytest.approx(1 / 3)
    assert made.value("templates.pairwise_recall") == 1


def test_a_post_in_two_templates_is_in_the_one_it_is_most_like(tmp_path: Path) -> None:
    records = [{"position": str(at), "network": "a", "template": "tu"[at > 2]} for at in (1, 2, 3, 4)]
    rows = [row | {"similarity": 0.5} for row in templated(x=[1, 2, 3], y=[4])]
    best = [{"template_id": "y", "post_id": post(3), "similarity": 0.9}]
    made = measured(tmp_path, records, {"template_posts": [*rows, *best]})
    assert made.value("templates.adjusted_rand") == 1


def test_a_true_template_of_one_post_is_alone(tmp_path: Path) -> None:
    records = [{"position": "1", "network": "a", "template": "t"}, {"position": "2", "network": "b"}]
    made = measured(tmp_path, records, {"template_posts": []})
    assert made.figure("templates.bcubed_f1").n == 1
    assert made.value("templates.bcubed_f1") == 1


def test_a_wrong_pair_of_two_sorts_counts_in_both(tmp_path: Path) -> None:
    records = [row | {"sort": sort} for row, sort in zip(FOUR, ("scam", "scam", "agency", "agency"), strict=True)]
    made = measured(tmp_path, records, {"network_members": members(n1=[1, 2, 3], n2=[4])})
    assert made.value("networks.pairwise_precision", "sort=scam") == pytest.approx(2 / 4)
    assert made.value("networks.pairwise_precision", "sort=agency") == 0
    assert made.value("networks.pairwise_recall", "sort=scam") == 1
    assert made.value("networks.pairwise_recall", "sort=agency") == 0


def test_templates_are_told_apart_by_language_and_site(tmp_path: Path) -> None:
    records = [
        {"position": str(at), "network": "a", "template": "tu"[at > 2], "language": ["es", "ru"][at > 2], "site": "s"}
        for at in (1, 2, 3, 4)
    ]
    made = measured(tmp_path, records, {"template_posts": templated(x=[1, 2], y=[3], z=[4])})
    assert made.value("templates.pairwise_recall", "language=es") == 1
    assert made.value("templates.pairwise_recall", "language=ru") == 0
    assert made.value("templates.pairwise_recall", "site=s") == pytest.approx(0.5)


def test_the_worst_template_names_how_many_true_ones_it_holds(tmp_path: Path) -> None:
    records = [{"position": str(at), "network": "a", "template": "tu"[at > 2]} for at in (1, 2, 3, 4)]
    made = measured(tmp_path, records, {"template_posts": templated(x=[1, 2, 3, 4])})
    assert made.value("templates.most_held") == 2
