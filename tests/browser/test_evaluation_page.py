"""The page of an evaluation in a real browser: it loads nothing, complains of nothing, and fits a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.evaluate.test_evaluate_leads import EACH, RECORDS
from tests.evaluate.worlds import leads, measured

from undertow.evaluate import page as page_

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1200, "light"), (1200, "dark"), (390, "light")], ids=["wide", "dark", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = measured(tmp_path, RECORDS, {"network_members": EACH, "leads": leads("n1", "n3")})
    path = tmp_path / "page.html"
    path.write_text(page_.render(made), "utf-8")
    return path


def test_it_asks_for_nothing_complains_of_nothing_and_fits(page: Page, file: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    assert (asked, said) == ([file.as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_letters_of_plots_differ_from_the_ground(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    colours = page.evaluate(
        "[getComputedStyle(document.querySelector('svg text')).fill, "
        "getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert colours[0] != colours[1]
