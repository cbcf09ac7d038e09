"""A real browser for pages: the system's Chromium, which may reach nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; a test that needs it skips, with the reason shown, where none is installed."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        except Error as error:
            pytest.skip(f"{found} does not start: {str(error).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture(params=[(1200, "light"), (1200, "dark"), (390, "light")], ids=["wide", "dark", "phone"])
def shape(request: pytest.FixtureRequest) -> tuple[int, str]:
    """Width of a window, and the scheme of colours."""
    held: tuple[int, str] = request.param
    return held


@pytest.fixture
def page(browser: Browser, shape: tuple[int, str]) -> Iterator[Page]:
    """An empty page of every shape."""
    width, scheme = shape
    opened = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield opened
    opened.close()


@pytest.fixture
def opened(page: Page) -> Callable[[Path], tuple[list[str], list[str]]]:
    """Opens a file; gives every address that it asked for, and every complaint."""

    def open_(file: Path) -> tuple[list[str], list[str]]:
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_load_state("networkidle")
        return asked, said

    return open_
