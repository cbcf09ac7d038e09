"""The report in a real browser: it loads nothing, complains of nothing, fits a phone, and can be walked by keyboard."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.share import world

from undertow.share import build, report

pytestmark = pytest.mark.browser

Opened = Callable[[Path], tuple[list[str], list[str]]]

FOCUSED = """(({activeElement: e}) => e.getAttribute('href') || e.getAttribute('aria-label') || e.tagName)(document)"""


@pytest.fixture(scope="module", params=[False, True], ids=["mild", "hostile"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    whole, part = build.readers(world.tables(world.hostile() if request.param else None))
    made = build.leads_report(whole, part, provenance=world.MADE, points=world.POINTS)
    path = tmp_path_factory.mktemp("report") / "leads.html"
    path.write_text(report.render_html(made), "utf-8")
    return path


def test_it_asks_for_nothing_and_complains_of_nothing(file: Path, opened: Opened) -> None:
    assert opened(file) == ([file.as_uri()], [])


def test_it_is_no_wider_than_the_screen(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_no_words_stand_outside_the_page(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    outside = page.evaluate(
        """[...document.querySelectorAll('main p, main td, main th, main li, main h1, main h2, main h3, .found, .from')]
        .filter(e => !e.closest('.frame, .scroll, thead') && e.getClientRects().length)
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 || e.scrollWidth > e.clientWidth + 1)
        .filter(e => getComputedStyle(e).display !== 'inline').map(e => e.textContent.slice(0, 60))"""
    )
    assert outside == []


def test_the_first_key_reaches_the_skip_link_and_it_skips(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "#main"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_keys_reach_every_section(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    assert {"#leads", "#rates", f"#lead-{world.LEAD}", f"#evidence-{world.LEAD}", "Drawing of the network"} <= reached


def test_headings_never_skip_a_level(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => +e.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert not [(one, two) for one, two in pairwise(levels) if two > one + 1]


def test_a_drawing_has_a_name_and_a_header_cell_a_scope(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert page.evaluate("[...document.querySelectorAll('svg[role=img]')].every(e => e.getAttribute('aria-label'))")
    assert page.evaluate("[...document.querySelectorAll('th')].every(e => e.scope)")
    assert page.evaluate("document.documentElement.lang") == "en"
