"""Two records are said not to be the same, some are split off, and all is taken back, in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_workbench import case, link, made, said, serious
from tests.browser.test_workbench_views import SLOW, signed_in
from tests.web.conftest import PHONE, first

from undertow import Workspace

pytestmark = pytest.mark.browser

__all__ = ["case", "link", "made", "said"]  # fixtures


def sizes(case: Workspace) -> list[int]:
    return sorted(row["records"] for row in case.table("networks").to_pylist())


def foresee(page: Page, at: str, act: str) -> None:
    """Chooses two records of what is shared, and what to say of them."""
    page.goto(at)
    for box in page.locator("#evidence input[type=checkbox]").all()[:2]:
        box.check()
    page.get_by_label(act).check()
    page.locator("#evidence").get_by_role("button", name="See what that would do").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What a judgement would do", timeout=SLOW)
    expect(page.locator("body")).not_to_contain_text(PHONE)
    assert serious(page) == []


def say(page: Page, because: str) -> None:
    page.get_by_label("Reason").fill(because)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cuts", timeout=SLOW)
    assert serious(page) == []


def test_the_network_follows_what_is_said_and_comes_back(page: Page, said: list[str], case: Workspace) -> None:
    before, at = sizes(case), f"{signed_in(page)}/leads/{first(case)}/graph?kind=phone&shape=1"
    foresee(page, at, "The two chosen are not the same")
    assert sizes(case) == before
    say(page, "two houses")
    expect(page.locator("main")).to_contain_text("Not the same")
    assert sizes(case) != before
    case.run()
    assert sizes(case) != before
    page.get_by_label("Reason").fill("one house after all")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing was said of records", timeout=SLOW)
    assert sizes(case) == before
    assert said == []


def test_records_are_split_off_and_joined_again(page: Page, said: list[str], case: Workspace) -> None:
    before, at = sizes(case), f"{signed_in(page)}/leads/{first(case)}/graph?kind=phone&shape=1"
    foresee(page, at, "Split the chosen off this network")
    say(page, "another house")
    assert (before, sizes(case)) == ([6, 6], [2, 4, 6])
    page.get_by_label("Reason").fill("one house after all")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing was said of records", timeout=SLOW)
    assert [one.verb for one in case.decisions.judgements()] == ["not same", "undo pair"]
    assert (sizes(case), said) == (before, [])
