"""The views of a lead and the tools of the inbox in a real browser: by keyboard alone, readable, loading nothing."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_workbench import case, heading, link, made, said, serious
from tests.web.conftest import PHONE, first

from undertow import Workspace

pytestmark = pytest.mark.browser

__all__ = ["case", "link", "made", "said"]  # fixtures
SLOW = 60_000  # ms until networks are made anew
VIEWS = ("Texts", "Network", "Places", "Times", "Accounts and money", "Records")


def signed_in(page: Page) -> str:
    """Comes in by keyboard; gives the address of the workbench."""
    page.keyboard.type("weekly review")
    page.keyboard.press("Enter")
    heading(page, "Inbox")
    page.wait_for_load_state()  # the keys work once their script is there
    return f"http://{urlsplit(page.url).netloc}"


def test_every_view_is_reached_by_keyboard_and_readable(page: Page, said: list[str], case: Workspace) -> None:
    signed_in(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, "Lead")
    wrong = []
    for name in VIEWS:
        page.get_by_role("navigation", name="Views of the lead").get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
        heading(page, "of the lead")
        expect(page.locator("body")).not_to_contain_text(PHONE)
        wrong += serious(page)
    assert wrong == []
    assert said == []


def test_a_line_of_the_network_shows_its_evidence(page: Page, said: list[str], case: Workspace) -> None:
    page.goto(f"{signed_in(page)}/leads/{first(case)}/graph")
    page.locator(".net .edge").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence")).to_contain_text("Cook wanted abroad")
    assert serious(page) == []
    page.get_by_role("link", name="Cut it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What a cut would do", timeout=SLOW)
    assert serious(page) == []
    page.get_by_label("Reason").fill("a taxi rank")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cuts", timeout=SLOW)
    assert serious(page) == []
    page.get_by_label("Reason").fill("it is her own")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing is cut", timeout=SLOW)
    assert [one.verb for one in case.decisions.judgements()] == ["cut", "undo cut"]
    assert said == []


def test_leads_are_judged_and_taken_back_by_keyboard_alone(page: Page, said: list[str], case: Workspace) -> None:
    signed_in(page)
    for key in ("j", "x", "3"):  # the third class is a scam
        page.keyboard.press(key)
    page.keyboard.type("a scam that we know")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Judged")
    assert serious(page) == []
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 decision taken back")
    assert [one.verb for one in case.decisions.judgements()] == ["reject", "undo"]
    assert case.decisions.details()[1]["class"] == "scam"
    assert said == []


def test_filters_can_be_saved(page: Page, said: list[str]) -> None:
    signed_in(page)
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Speaks to").select_option("means")
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Save as").fill("means")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Saved searches")).to_contain_text("means")
    assert serious(page) == []
    assert said == []


def test_times_are_those_of_the_readers_clock(page: Page, said: list[str], case: Workspace) -> None:
    here = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    page.goto(f"{signed_in(page)}/leads/{first(case)}/records")
    expect(page.locator("caption")).to_contain_text(f"times of {here}")
    assert said == []
