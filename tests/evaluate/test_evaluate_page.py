"""The page of an evaluation: what it says first, that it loads nothing, and that it needs no colour."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.evaluate.test_evaluate_leads import EACH, RECORDS
from tests.evaluate.worlds import leads, measured

from undertow.evaluate import keeping, page, telling
from undertow.evaluate.contract import Evaluation, Figure


@pytest.fixture
def made(tmp_path: Path) -> Evaluation:
    return measured(tmp_path, RECORDS, {"network_members": EACH, "leads": leads("n1", "n3")})


def test_the_page_begins_with_what_its_figures_can_and_cannot_show(made: Evaluation) -> None:
    begins = page.render(made).split('<dl class="glance">')[0]
    assert "family harbour, seed 7" in begins
    assert "Not held out: rules and weights may be tuned on this family." in begins
    assert "no truth about the real one" in begins
    assert "8 of 8 true records are in the workspace; 0 are missing." in begins


def test_a_held_out_family_is_said(made: Evaluation) -> None:
    held_out = replace(made, about=replace(made.about, held_out=True))
    assert "Held out: rules and weights were never tuned on this family." in page.render(held_out)


def test_a_broken_seal_is_an_alert(made: Evaluation) -> None:
    broken = replace(made, about=replace(made.about, broken=("files/<a>.csv",)))
    assert '<p class="note" role="alert">THE SEAL IS BROKEN' in page.render(broken)
    assert "files/&lt;a&gt;.csv" in page.render(broken)


def test_labels_are_not_called_a_made_up_world(made: Evaluation) -> None:
    labels = replace(made, about=replace(made.about, kind="labels"))
    assert "made-up" not in page.render(labels)


def test_the_page_loads_nothing(made: Evaluation) -> None:
    text = page.render(made)
    assert not re.findall(r"<script|<link|<img|@import|url\(|\bsrc=|href=\"(?!#)", text)
    assert "default-src 'none'" in text


def test_every_plot_says_its_figures_in_words(made: Evaluation) -> None:
    labels = re.findall(r'<svg[^>]*role="img" aria-label="([^"]*)"', page.render(made))
    assert labels[0].startswith("Precision at k: 10: 0.5")
    assert "leads at random: 0.5" in labels[0]
    assert labels[1].startswith("Reliability: leads that state 0.5-0.6: 0.5000 true of 2")


def test_every_figure_and_every_group_of_false_alarms_is_on_the_page(made: Evaluation) -> None:
    text = page.render(made)
    assert [one.name for one in made.figures if f"<th>{one.name}</th>" not in text] == []
    assert "<th>sort=agency</th>" in text


def test_what_moved_and_what_was_left_out_is_on_the_page(made: Evaluation) -> None:
    figures = [replace(one, value=0.0, low=0.0, high=0.0) if one.value == 1 else one for one in made.figures]
    before = replace(made, figures=tuple(figures))
    text = page.render(made, before, list(keeping.moved(before, made)))
    assert "<th>leads.recall</th>" in text.split('id="moved"')[1]
    assert "extraction: no run has made the tables: mentions" in text


def test_the_same_evaluation_gives_the_same_page(made: Evaluation) -> None:
    assert page.render(made) == page.render(made)


def test_an_evaluation_without_figures_has_a_page(made: Evaluation) -> None:
    assert "Not made" in page.render(replace(made, figures=()))


@pytest.mark.parametrize(
    ("value", "said"), [(None, "-"), (0.5, "0.5000"), (1.0, "1.0000"), (12.0, "12"), (1234.56, "1,234.6")]
)
def test_a_number_has_the_places_that_it_deserves(value: float | None, said: str) -> None:
    assert telling.number(value) == said


def test_the_short_table_leaves_out_sites_bins_and_what_could_not_be_counted() -> None:
    figures = [Figure("a.b", 0.5, group) for group in ("", "site=x", "bin=0.1-0.2", "sort=agency")]
    assert [telling.main(one) for one in [*figures, Figure("a.b", None)]] == [True, False, False, True, False]
    assert not telling.main(Figure("false_alarms.top_50", 0.5, "sort=agency"))
