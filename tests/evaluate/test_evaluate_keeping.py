"""Every evaluation is kept, found again, and held against another."""

from dataclasses import replace
from pathlib import Path

import pytest

from undertow.errors import UserError
from undertow.evaluate import keeping
from undertow.evaluate.contract import About, Coverage, Evaluation, Figure, LeftOut

ABOUT = About("world", "aa", run="run1", runs={"leads": "run1"}, broken=("x",), held_out=True)


def evaluation(*figures: Figure, truth: str = "aa") -> Evaluation:
    coverage = Coverage(3, 2, 1, {"a.csv": 1}, 0, ("a note",))
    return Evaluation(replace(ABOUT, truth=truth), coverage, figures, (LeftOut("brokers", "no table"),))


def figure(value: float | None, low: float | None = None, high: float | None = None, better: str = "up") -> Figure:
    return Figure("networks.bcubed_f1", value, "", low, high, 10, better)  # type: ignore[arg-type]


def test_an_evaluation_reads_back_as_it_was(tmp_path: Path) -> None:
    made = evaluation(figure(0.5, 0.4, 0.6))
    assert keeping.read(keeping.keep(tmp_path, made)) == made


def test_the_same_evaluation_is_kept_once_and_another_beside_it(tmp_path: Path) -> None:
    for made in (evaluation(figure(0.5)), evaluation(figure(0.5)), evaluation(figure(0.6))):
        keeping.keep(tmp_path, made)
    assert len(list(tmp_path.glob("run1.evaluation.*.json"))) == 2


def test_a_run_is_found_with_the_same_truth_before_a_later_one(tmp_path: Path) -> None:
    for value, truth in ((0.1, "aa"), (0.2, "bb")):
        keeping.keep(tmp_path, evaluation(figure(value), truth=truth))
    assert keeping.find(tmp_path, "run1", "aa").value("networks.bcubed_f1") == 0.1
    assert keeping.find(tmp_path, "run1", "cc").value("networks.bcubed_f1") == 0.2


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    path = keeping.keep(tmp_path, evaluation(figure(0.1)))
    assert keeping.find(tmp_path / "elsewhere", str(path), "aa").value("networks.bcubed_f1") == 0.1


@pytest.mark.parametrize("named", ["run2", "*", "run?", "[", ""])
def test_a_run_that_was_never_evaluated_is_said(tmp_path: Path, named: str) -> None:
    keeping.keep(tmp_path, evaluation(figure(0.1)))
    with pytest.raises(UserError, match="no evaluation of"):
        keeping.find(tmp_path, named, "aa")


def test_a_file_that_is_no_evaluation_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(UserError, match="holds no evaluation"):
        keeping.find(tmp_path, str(tmp_path / "x.json"), "aa")


@pytest.mark.parametrize(
    ("before", "after", "verdict", "beyond"),
    [
        (figure(0.5, 0.45, 0.55), figure(0.7, 0.65, 0.75), "better", True),
        (figure(0.7, 0.65, 0.75), figure(0.5, 0.45, 0.55), "worse", True),
        (figure(0.5, 0.3, 0.8), figure(0.7, 0.65, 0.75), "better", False),
        (figure(0.1, 0.05, 0.15, "down"), figure(0.3, 0.25, 0.35, "down"), "worse", True),
        (figure(0.5), figure(0.6), "better", True),
        (figure(None), figure(0.6), "changed", True),
        (figure(0.1, better=""), figure(0.2, better=""), "changed", True),
    ],
)
def test_what_moved_is_named_with_its_direction(before: Figure, after: Figure, verdict: str, beyond: bool) -> None:
    (one,) = keeping.moved(evaluation(before), evaluation(after))
    assert (one.verdict, one.beyond) == (verdict, beyond)


def test_what_did_not_change_is_not_named() -> None:
    assert list(keeping.moved(evaluation(figure(0.5)), evaluation(figure(0.5, 0.1, 0.9)))) == []


def test_what_moved_beyond_chance_comes_first() -> None:
    near = [Figure("a.near", value, low=0.0, high=1.0) for value in (0.4, 0.5)]
    far = [Figure("b.far", value, low=value, high=value) for value in (0.1, 0.9)]
    before, after = (evaluation(near[at], far[at]) for at in (0, 1))
    assert [one.name for one in keeping.moved(before, after)] == ["b.far", "a.near"]
