"""Pictures in a real browser: blurs, then asked for, then hidden for the day, when not one picture is loaded."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_workbench import heading, link, said, serious
from tests.web.picturing import case, drawn

pytestmark = pytest.mark.browser

__all__ = ["case", "drawn", "link", "said"]  # fixtures


def test_from_a_blur_to_a_picture_that_was_asked_for_and_to_none(page: Page, said: list[str]) -> None:
    page.keyboard.type("weekly review")
    page.keyboard.press("Enter")
    heading(page, "Inbox")
    page.get_by_role("link", name="Pictures").click()
    heading(page, "Pictures")
    page.wait_for_load_state("networkidle")
    wrong = serious(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, "The same picture")
    expect(page.locator("img.blur")).to_have_count(7)
    page.wait_for_load_state("networkidle")
    wrong += serious(page)
    page.get_by_label("What do you need to see them for?").fill("is it one room?")
    page.keyboard.press("Enter")
    expect(page.locator("img.blur")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert page.locator("img").evaluate_all("all => all.every(one => one.naturalWidth >= 160)")
    wrong += serious(page)
    page.get_by_role("link", name="Mark this picture as harmless").click()
    heading(page, "A picture that proves nothing")
    wrong += serious(page)
    page.get_by_role("link", name="Leave it").click()
    heading(page, "The same picture")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Hide pictures today").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("You hid pictures for today")
    page.goto(page.url.partition("/pictures")[0] + "/pictures")
    page.wait_for_load_state("networkidle")
    wrong += serious(page)
    assert [one for one in asked if "/image/" in one] == []
    assert wrong == []
    assert said == []
