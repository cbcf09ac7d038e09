"""Makes docs/pictures: every page of the workbench over a made-up world, light and dark, as a browser shows it.

`python -m docs.make_pictures` needs Chromium and a minute; with names of pages it makes only theirs.
Numbers and names in the pictures are masked and invented.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from undertow import Workspace
from undertow.simulate import Options, simulate
from undertow.simulate.pictures import WAYS, draw

FOLDER = Path(__file__).parent / "pictures"
PAGES = ("/search", "/audit", "/cases", "/approvals", "/people", "/cuts", "/runs", "/pictures", "/account")
VIEWS = ("", "/texts", "/graph", "/map", "/time", "/money", "/records")
SIZE: ViewportSize = {"width": 1280, "height": 900}
HIGHEST = 1600  # of a picture; what is below is cut off


def main() -> None:
    """Writes one picture a page and scheme of colours; names of pages may be given, and only those are made."""
    wanted = sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        case = _world(Path(folder))
        with _served(case) as link:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE)
            page.goto(link)
            if not wanted or "enter" in wanted:
                _keep(page, "enter")
            page.fill("input[name=purpose]", "the weekly review")
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            for name, path in _paths(page):
                if not wanted or name in wanted:
                    page.goto(link.split("/enter")[0] + path, wait_until="networkidle")
                    _keep(page, name)
            if not wanted or "picture" in wanted:
                _look(page, link.split("/enter")[0] + "/pictures")
                _keep(page, "picture")


def _world(folder: Path) -> Workspace:
    simulate(folder / "world", Options(posts=4000, seed=11, family="delta"))
    case = Workspace.start(folder / "case")
    case.collect([folder / "world" / "files"])
    case.collect([_drawn(folder / "drawn")])
    case.run()
    return case


def _drawn(folder: Path) -> Path:
    """Posts that show one drawn picture, altered as people alter it."""
    folder.mkdir()
    lines = ["account,site,text,images"]
    for number, way in enumerate(WAYS):
        (folder / f"{number}.jpg").write_bytes(draw(3, way))
        lines.append(f"cook{number},pier.example,{number}. Cook wanted by the harbour,{number}.jpg")
    (folder / "posts.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@contextmanager
def _served(case: Workspace) -> Iterator[str]:
    command = [
        sys.executable,
        "-u",
        "-c",
        "from undertow.cli.app import main; main()",
        "-w",
        str(case.root),
        "serve",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = (re.search(r"http://\S+", line) for line in process.stdout)
        try:
            yield next(one[0] for one in found if one)
        finally:
            process.terminate()


def _paths(page: Page) -> list[tuple[str, str]]:
    """Name and path of every page: those of the menu, of the first lead, of a record and of two records of it."""
    lead, at = page.locator("a[href^='/leads/']").first.get_attribute("href"), page.url.split("/?")[0].rstrip("/")
    page.goto(f"{at}{lead}/graph?shape=1")
    boxes = page.locator("#evidence input[type=checkbox]").all()[:2]
    two = "&".join(f"{box.get_attribute('name')}=1" for box in boxes)
    page.goto(f"{at}{lead}/records")
    record = page.locator("a[href^='/records/']").first.get_attribute("href")
    assert lead
    assert record
    named = [("inbox", "/"), *((path.strip("/"), path) for path in PAGES), ("record", record)]
    named += [("pair", f"{lead}/pair?act=not_same&{two}"), ("lead-graph-open", f"{lead}/graph?shape=1")]
    return [*named, *((f"lead{view.replace('/', '-')}", lead + view) for view in VIEWS)]


def _look(page: Page, pictures: str) -> None:
    """Opens the group of the drawn picture, the one whose files are here, and asks to see it."""
    page.goto(pictures)
    group = page.locator("a[href^='/pictures/']", has=page.locator("img")).first
    page.goto(pictures.removesuffix("/pictures") + str(group.get_attribute("href")))
    page.fill("#look-purpose", "is it one room?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('img') && !document.querySelector('img.blur')")
    page.wait_for_load_state("networkidle")


def _keep(page: Page, name: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size(SIZE)
        height = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
        page.set_viewport_size({"width": SIZE["width"], "height": height})
        shown = Image.open(BytesIO(page.screenshot()))
        shown.convert("RGB").quantize(48).save(FOLDER / f"{name}-{scheme}.png", optimize=True)


if __name__ == "__main__":
    main()
