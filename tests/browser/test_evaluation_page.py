"""The page of an evaluation in a real browser: it loads nothing, complains of nothing, and fits a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.evaluate.test_evaluate_leads import EACH, RECORDS
from tests.evaluate.worlds import leads, measured

from undertow.evaluate import page as page_

pytestmark = pytest.mark.browser

Opened = Callable[[Path], tuple[list[str], list[str]]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = measured(tmp_path, RECORDS, {"network_members": EACH, "leads": leads("n1", "n3")})
    path = tmp_path / "page.html"
    path.write_text(page_.render(made), "utf-8")
    return path


def test_it_asks_for_nothing_complains_of_nothing_and_fits(page: Page, file: Path, opened: Opened) -> None:
    assert opened(file) == ([file.as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_letters_of_plots_differ_from_the_ground(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    colours = page.evaluate(
        "[getComputedStyle(document.querySelector('svg text')).fill, "
        "getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert colours[0] != colours[1]
