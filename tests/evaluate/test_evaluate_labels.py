"""A user's own labels: what they may name, what their columns allow, and what is said of the rest."""

from pathlib import Path

import pytest
from tests.evaluate.worlds import leads, members, post, posts, workspace

from undertow.errors import UserError
from undertow.evaluate.contract import Evaluation
from undertow.evaluate.run import evaluate, organised

EACH = members(n1=[1, 2], n2=[3, 4], n3=[5, 6])


def labelled(tmp_path: Path, text: str) -> Evaluation:
    path = tmp_path / "labels.csv"
    path.write_text(text, "utf-8")
    rows = [row | {"url": f"https://s.example/{row['position']}"} for row in posts(1, 2, 3, 4, 5, 6)]
    templates = [{"template_id": "t", "post_id": post(at)} for at in (1, 2)]
    held = workspace(
        tmp_path / "w",
        posts=rows,
        network_members=EACH,
        leads=leads("n1", "n2", "n3"),
        template_posts=templates,
        mentions=[],
        brokers=[],
    )
    return evaluate(held, path, top_band="look first")


def test_a_lead_a_network_a_record_and_a_url_can_be_labelled(tmp_path: Path) -> None:
    text = f"record,organised\nl0,yes\nn2,no\n{post(5)},yes\nhttps://s.example/6,yes\n"
    made = labelled(tmp_path, text)
    assert (made.coverage.true, made.coverage.found, made.coverage.missing) == (4, 4, 0)
    assert made.value("leads.precision", "k=10") == pytest.approx(2 / 3)


def test_measures_that_the_columns_do_not_allow_are_named(tmp_path: Path) -> None:
    made = labelled(tmp_path, "record,organised\nl0,yes\nl1,no\n")
    left = {one.measure: one.why for one in made.left_out}
    assert sorted(left) == ["brokers", "extraction", "networks", "templates"]
    assert left["networks"] == "the truth does not say: network"
    assert left["extraction"] == "the truth does not say: what stands in the texts"


def test_networks_and_templates_are_measured_where_they_are_labelled(tmp_path: Path) -> None:
    rows = [(1, "x,t"), (2, "x,t"), (3, "y,none")]
    made = labelled(tmp_path, "record,network,template\n" + "\n".join(f"{post(at)},{said}" for at, said in rows))
    assert made.value("networks.pairwise_f1") == 1
    assert made.value("templates.pairwise_f1") == 1
    assert "leads" in {one.measure for one in made.left_out}


def test_an_empty_cell_says_nothing_and_none_says_alone(tmp_path: Path) -> None:
    made = labelled(tmp_path, f"record,network\n{post(1)},none\n{post(2)},none\n{post(3)},\n")
    assert made.figure("networks.bcubed_precision").n == 2
    assert made.value("networks.bcubed_precision") == 0.5


def test_the_sort_of_harmless_actor_gives_a_table_of_false_alarms(tmp_path: Path) -> None:
    made = labelled(tmp_path, "record,organised,sort\nl0,yes,\nl1,no,agency\nl2,no,independent\n")
    assert made.value("false_alarms.top_band", "sort=agency") == 1
    assert not [one for one in made.figures if one.group.startswith("language=")]


def test_a_records_own_label_comes_before_that_of_its_network(tmp_path: Path) -> None:
    made = labelled(tmp_path, f"record,organised\nl0,no\n{post(1)},yes\n{post(2)},yes\n")
    assert made.value("leads.precision", "k=10") == 1


def test_labels_that_fit_nothing_are_named(tmp_path: Path) -> None:
    made = labelled(tmp_path, "record,organised\nl0,yes\nnobody,no\n")
    assert made.coverage.missing == 1
    assert made.coverage.missing_in == {"nobody": 1}
    assert "1 labels fit no record, for instance: nobody" in made.coverage.notes
    assert made.coverage.unknown == 4


def test_of_two_labels_of_one_record_the_first_counts_and_that_is_said(tmp_path: Path) -> None:
    made = labelled(tmp_path, f"record,organised\n{post(1)},yes\n{post(1)},no\n{post(2)},yes\n")
    assert made.value("leads.precision", "k=10") == 1
    assert made.coverage.notes == ("1 records are labelled more than once; the first label counts",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who,organised\nl0,yes\n", "holds no labels"),
        ("record,organised\n", "holds no labels"),
        ("record,organised\nl0,maybe\n", "line 2: organised is 'maybe'"),
    ],
)
def test_a_file_that_holds_no_labels_is_said_with_a_hint(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        labelled(tmp_path, text)
    assert caught.value.hint


def test_a_file_in_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes("record,organised\nseñal,yes\n".encode("latin-1"))
    with pytest.raises(UserError, match="no CSV in UTF-8"):
        evaluate(workspace(tmp_path / "w"), path)


def test_upper_case_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    made = labelled(tmp_path, "\ufeffRecord,Organised\nl0,Yes\nl1,NO\n")
    assert made.value("leads.precision", "k=10") == 0.5


def test_networks_are_answered_for_only_where_a_label_reaches(tmp_path: Path) -> None:
    held = workspace(tmp_path / "w", posts=posts(1, 2, 3), network_members=members(n1=[1], n2=[2], n3=[3]))
    (tmp_path / "labels.csv").write_text(f"record,organised\n{post(1)},yes\n{post(2)},no\n", "utf-8")
    assert organised(held, tmp_path / "labels.csv")[1] == {"n1": True, "n2": False}
