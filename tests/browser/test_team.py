"""A team in a real browser: from the first sign-in to a case that is written, argued about, exported and proposed, by
keyboard, with nothing loaded from elsewhere and nothing serious for axe."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

import pyotp
import pytest
import uvicorn
from playwright.sync_api import ConsoleMessage, Page, Request, Route, expect
from tests.browser.test_workbench import heading, serious
from tests.web.conftest import PHONE, a_post, case, first, made
from tests.web.teaming import BY, PASSWORD, joined

from undertow import Workspace, auditing
from undertow.review.cases import Cases
from undertow.review.people import By, People, Person
from undertow.web.app import workbench

pytestmark = pytest.mark.browser
__all__ = ["case", "made"]  # fixtures


@dataclass
class Served:
    """A team's workbench without TLS, on this machine: what a proxy would call."""

    address: str
    heard: list[str] = field(default_factory=list)


@pytest.fixture
def served(case: Workspace, page: Page) -> Iterator[Served]:
    """Serves, and hears what the browser complains of and every address elsewhere, which is not let through."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        at = f"127.0.0.1:{held.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(workbench(case, {at}, team=True), log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        made = Served(f"http://{at}")

        def ours(route: Route, request: Request) -> None:
            if urlsplit(request.url).netloc == at:
                route.continue_()
            else:
                made.heard.append(request.url)
                route.abort()

        def complaint(message: ConsoleMessage) -> None:
            if "409" not in message.text:  # the browser's own words for the status of a conflict
                made.heard.append(message.text)

        page.route("**/*", ours)
        page.on("console", complaint)
        page.on("pageerror", lambda error: made.heard.append(str(error)))
        page.on("dialog", lambda dialog: made.heard.append(dialog.message))
        yield made
        server.should_exit = True
        thread.join(10)


def typed(page: Page, *words: str) -> None:
    """Types into the field that has the focus and those after it, and sends the form."""
    for number, word in enumerate(words):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(word)
    page.keyboard.press("Enter")


def entered(page: Page, served: Served, name: str, key: str) -> None:
    page.goto(f"{served.address}/sign-in")
    typed(page, name, PASSWORD, pyotp.TOTP(key).now(), "weekly review")
    page.wait_for_url(lambda url: "sign-in" not in url)


def opened_details(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).first.focus()
    page.keyboard.press("Enter")


def test_the_first_sign_in_sets_password_and_second_factor(page: Page, served: Served, case: Workspace) -> None:
    _, given = People(case.audit).add(Person("", "Ana", ("case lead",), "TLP:RED"), BY)
    page.goto(served.address)
    heading(page, "Sign in")
    wrong = serious(page)
    typed(page, "Ana", given, "", "weekly review")
    heading(page, "Your account")
    wrong += serious(page)
    typed(page, given, PASSWORD, PASSWORD)  # the first field has the focus
    expect(page.locator("main")).to_contain_text("It is your own.")
    key = "".join(page.locator(".key span").all_inner_texts())
    page.get_by_label("The six digits").fill(pyotp.TOTP(key).now())
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("It is set.")
    wrong += serious(page)
    page.get_by_role("link", name="Inbox").click()
    heading(page, "Inbox")
    assert wrong == []
    assert served.heard == []


def test_a_case_from_its_lead_to_its_dossier_by_keyboard(page: Page, served: Served, case: Workspace) -> None:
    ana, key = joined(case, "Ana", "case lead", clearance="TLP:RED")
    entered(page, served, "Ana", key)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, "Lead")
    page.get_by_role("link", name="Put it into a case").focus()
    page.keyboard.press("Enter")
    heading(page, "Cases")
    wrong = serious(page)
    page.get_by_label("Title").focus()
    typed(page, "Harbour offers")
    heading(page, "Case")
    page.get_by_role("textbox", name="Story").focus()
    page.keyboard.type(f"Six offers [[{a_post(case)}:text:0-18]] name one number.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("mark.hit")).to_have_text("Cook wanted abroad")
    page.get_by_role("textbox", name="A note").focus()
    page.keyboard.type("Ask the hotline.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Ask the hotline.")
    expect(page.locator("body")).not_to_contain_text(PHONE)
    wrong += serious(page)
    for details in page.locator("summary").all():
        details.click()
    wrong += serious(page)
    with page.expect_download() as loading:
        page.get_by_role("button", name="Export it masked").focus()
        page.keyboard.press("Enter")
    dossier = loading.value.path().read_text("utf-8")
    assert "Six offers" in dossier
    assert PHONE not in dossier
    page.get_by_role("link", name="Approvals").click()
    heading(page, "Approvals")
    wrong += serious(page)
    assert wrong == []
    assert served.heard == []
    told = {line["verb"] for line in auditing.listed(case)}
    assert told >= {"signed in", "read", "wrote", "exported"}
    assert case.leads()["lead_id"][0].as_py() == first(case)
    assert auditing.verify(case)
    assert ana.name in {line["who"] for line in auditing.listed(case, verb="exported")}


def test_who_writes_second_puts_both_texts_together(page: Page, served: Served, case: Workspace) -> None:
    _, key = joined(case, "Ana", "case lead")
    cases, ben = Cases(case.audit), By("Ben")
    name = cases.open(ben, "Harbour offers")
    cases.write(name, "story", {"text": "as it began"}, 0, ben)
    entered(page, served, "Ana", key)
    page.goto(f"{served.address}/cases/{name}")
    opened_details(page, "Edit")
    page.get_by_role("textbox", name="Story").fill("as Ana saw it")
    cases.write(name, "story", {"text": "as Ben saw it"}, 1, ben)
    page.get_by_role("button", name="Save the story").click()
    heading(page, "Somebody else wrote here")
    expect(page.locator("main")).to_contain_text("as Ben saw it")
    wrong = serious(page)
    expect(page.locator("textarea")).to_have_value("as Ana saw it")
    page.locator("textarea").fill("as Ben and Ana saw it")
    page.get_by_role("button", name="Save this").click()
    heading(page, "Case")
    expect(page.locator("main")).to_contain_text("as Ben and Ana saw it")
    page.get_by_role("link", name=re.compile("version 3")).click()
    expect(page.locator("main")).to_contain_text("as Ben saw it")
    assert wrong == []
    assert served.heard == []


def test_an_administrator_keeps_the_people(page: Page, served: Served, case: Workspace) -> None:
    _, key = joined(case, "Root", "administrator")
    joined(case, "Ben", "analyst")
    entered(page, served, "Root", key)
    heading(page, "People")
    wrong = serious(page)
    page.get_by_label("Name").fill("Cho Min")
    page.get_by_label("viewer").last.check()
    page.get_by_role("button", name="Add").click()
    expect(page.locator("main")).to_contain_text("First password of Cho Min")
    wrong += serious(page)
    opened_details(page, "Change Ben")
    wrong += serious(page)
    page.get_by_role("button", name="Lock").first.click()
    expect(page.locator("tr", has_text="Ben").first).to_contain_text("locked")
    assert wrong == []
    assert served.heard == []
