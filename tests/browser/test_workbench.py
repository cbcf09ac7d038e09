"""The workbench in a real browser: by keyboard from the inbox to a decision, with nothing loaded from elsewhere."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Route, expect
from tests.web.conftest import PHONE, SCRIPT, case, made

from undertow import Workspace, auditing

pytestmark = pytest.mark.browser

__all__ = ["case", "made"]  # fixtures
SERVE = "import sys; from undertow.cli.app import main; main(['serve', '--port', '0', '-w', sys.argv[1]])"


@pytest.fixture
def link(case: Workspace) -> Iterator[str]:
    """The link of a workbench that serves until the test ends."""
    command = [sys.executable, "-c", SERVE, str(case.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout
        yield served.stdout.readline().strip()
        served.terminate()


@pytest.fixture
def said(page: Page, link: str) -> list[str]:
    """What the browser complains of, and each address that it asked for elsewhere, which is not let through."""
    heard: list[str] = []

    def ours(route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc == urlsplit(link).netloc:
            route.continue_()
        else:
            heard.append(request.url)
            route.abort()

    def complaint(message: ConsoleMessage) -> None:
        heard.append(message.text)

    page.route("**/*", ours)
    page.on("console", complaint)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.goto(link)
    return heard


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical on this page, with its place, and whether the page is wider than a screen."""
    found = Axe().run(page).response["violations"]
    wrong = [
        f"{urlsplit(page.url).path} {one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*wrong, *([f"{urlsplit(page.url).path} is wider than the screen"] if wide else [])]


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def test_from_the_inbox_to_a_decision_by_keyboard(page: Page, said: list[str], case: Workspace) -> None:
    wrong = serious(page)
    page.keyboard.type("weekly review")  # the purpose has the focus
    page.keyboard.press("Enter")
    heading(page, "Inbox")
    wrong += serious(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, "Lead")
    wrong += serious(page)
    page.locator(".example a").first.focus()
    page.keyboard.press("Enter")
    heading(page, "Record")
    expect(page.locator("mark.hit")).to_be_visible()
    expect(page.locator("body")).to_contain_text(SCRIPT)
    expect(page.locator("body")).not_to_contain_text(PHONE)
    wrong += serious(page)
    page.get_by_label("What do you need them for?").fill("call the hotline back")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text(PHONE)
    wrong += serious(page)
    page.goto(f"{page.url.partition('/records')[0]}/leads/{case.leads()['lead_id'][0].as_py()}")
    page.get_by_label("Reason").fill("the hotline knows the number")
    page.get_by_role("button", name="Confirm").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Decisions so far")
    wrong += serious(page)
    page.keyboard.press("/")
    page.keyboard.type("two zero two 555 0123")
    page.keyboard.press("Enter")
    heading(page, "Search")
    expect(page.locator("main")).to_contain_text("Found as a value")
    wrong += serious(page)
    page.get_by_role("link", name="Audit trail").click()
    page.get_by_role("button", name="Verify every line").click()
    expect(page.locator("main")).to_contain_text("every seal fits")
    wrong += serious(page)
    assert wrong == []
    assert said == []
    assert [one.because for one in case.decisions.judgements()] == ["the hotline knows the number"]
    assert {"signed in", "read", "unmasked", "decided", "searched", "verified"} == {
        line["verb"] for line in auditing.listed(case)
    }


def test_the_same_link_opens_nothing_twice(page: Page, said: list[str], link: str, tmp_path: Path) -> None:
    page.keyboard.type("weekly review")
    page.keyboard.press("Enter")
    heading(page, "Inbox")
    page.goto(link)
    page.keyboard.type("again")
    page.keyboard.press("Enter")
    heading(page, "That did not work")
