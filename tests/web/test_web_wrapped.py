"""In a made-up language that wraps every message, all that is left on a page is data."""

import ast
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, PHONE, ROWS, a_post, filled, first, post
from tests.web.teaming import joined, seated

from undertow import Workspace, plugins
from undertow.assess.contract import Indicator
from undertow.share import words
from undertow.watch.contract import Kind
from undertow.web import rendering, tongue
from undertow.web.app import pages

SIGNS = plugins.load("undertow.assess.indicators", Indicator)
ALERTS = plugins.load("undertow.watch.alerts", Kind)
ROOT = Path(tongue.__file__).parents[1]
SPEAK = [
    *(path for path in sorted((ROOT / "web").rglob("*.py")) if path.name not in ("serving.py", "security.py")),
    *(ROOT / "review" / f"{name}.py" for name in ("attempts", "cases", "passwords", "people", "proposals", "store")),
]
SHOWN = ("aria-label", "title", "placeholder", "alt")
NAMES = "Undertow Harbour Ana Eve root weekly review made up English Filipino Wrapped UTC km Natural Earth h"
LABELS = "legal hold, evidence"  # written by people, and the same in every language
PROGRAM = "testclient US en none csv ads cue language phone place age "
PROGRAM += "ads posts TLP AMBER STRICT RED GREEN CLEAR none run collect leads networks templates mentions rejects"
"""Names, units and the program's own names of tables and commands: what no language changes."""


def wrap(text: str) -> str:
    """Every literal part of a message in brackets; what stands in its slots stays outside."""
    return "".join(
        part if at % 2 or not part.strip() else f"⟦{part}⟧" for at, part in enumerate(re.split(r"(\{\w+\})", text))
    )


def written(path: Path, shelves: Mapping[str, Mapping[str, str]]) -> None:
    lines = [
        f"[{shelf}]\n"
        + "".join(f"{json.dumps(name)} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in held.items())
        for shelf, held in shelves.items()
    ]
    path.write_text("\n".join(lines), "utf-8")


def forget() -> None:
    for kept in (tongue._read, tongue.languages, tongue.told, tongue._said, tongue._patterns, rendering._environment):
        kept.cache_clear()


@pytest.fixture
def wrapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language `xx`, made of every message that there is."""
    folder = tmp_path / "texts"
    shutil.copytree(tongue.FOLDER, folder)
    english, counted = tongue._read("en"), tongue._read("fil.words")
    made = {shelf: {name: wrap(text) for name, text in held.items()} for shelf, held in english.items()}
    written(folder / "xx.toml", {**made, "language": {"name": "Wrapped", "also": "", "choose": "⟦x⟧"}})
    named = {shelf: {name: f"⟦{text}⟧" for name, text in held.items()} for shelf, held in words._words().items()}
    more = {shelf: {name: f"⟦{name}⟧" for name in counted[shelf]} for shelf in ("joined", "counted")}
    written(folder / "xx.words.toml", {**named, **more})
    said = tongue._read("fil.said").items()
    written(folder / "xx.said.toml", {shelf: {name: wrap(name) for name in held} for shelf, held in said})
    monkeypatch.setattr(tongue, "FOLDER", folder)
    forget()
    yield
    monkeypatch.undo()
    forget()


class Visible(HTMLParser):
    """The text nodes of a page and what it says to who cannot see it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SHOWN and value]
        if tag in ("script", "style", "textarea", "blockquote") or ("class", "found") in attrs:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(data)


DATA = {
    word
    for text in (
        *(text for row in ROWS for text in row),
        PHONE,
        NAMES,
        LABELS,
        PROGRAM,
        *(sign.source for sign in SIGNS.values()),
    )
    for word in re.findall(r"[^\W\d_]+", text)
} | {sign.name for sign in SIGNS.values()}
ID = re.compile(
    r"Cook wanted abroad, no.*|\b[a-z]?[0-9a-f]{5,}(?:…|\b)|\b20\d\d[\w:.-]*|TLP:[A-Z+]+|`[^`]*`|\S*[/@…]\S*"
)


def bare(page: str) -> list[str]:
    """What is visible, no data and not wrapped."""
    seen = Visible()
    seen.feed(page)
    left = [re.sub(r"⟦[^⟧]*(?:⟧|…|$)", " ", text) for text in seen.found]
    rest = [(text, set(re.findall(r"[^\W\d_]{2,}", ID.sub(" ", text))) - DATA) for text in left]
    return [f"{sorted(strange)} in {text.strip()[:80]!r}" for text, strange in rest if strange]


def looks(case: Workspace, browser: TestClient) -> list[str]:
    """Every page that one person at one machine can look at, each with something on it."""
    case_id = post(browser, "/cases", title="Harbour", marking="TLP:AMBER").headers["location"].rpartition("/")[2]
    lead = first(case)
    post(browser, f"/cases/{case_id}/gather", id=lead)
    post(browser, f"/cases/{case_id}/parts", kind="task", text="review", due="2026-12-01")
    post(browser, f"/cases/{case_id}/propose", deed="refer", because="review", to="root")
    post(browser, f"/leads/{lead}/judge", answer="confirm", because="review")
    graph = browser.get(f"/leads/{lead}/graph?shape=1")
    cut = re.search(r"/cut/(\w+)", graph.text)
    assert cut
    ids = {
        "lead_id": lead,
        "record_id": a_post(case),
        "case_id": case_id,
        "part": "about",
        "what": cut[1],
        "token": "none",
    }
    there = [filled(route.path, **ids) for one in pages().values() for route in one.routes if route.method == "GET"]
    texts = [browser.get(path, follow_redirects=True).text for path in [*there, f"/leads/{lead}/graph?shape=1"]]
    texts += [
        browser.get(path).text for path in ("/leads/none", "/cases/none", "/records/none", "/leads/none/cut/none")
    ]
    texts += [post(browser, path).text for path in ("/search", "/triage", "/searches", "/show", "/cases", "/cuts/undo")]
    texts += [post(browser, "/search", words=PHONE).text, browser.post("/hide", headers=ORIGIN).text]
    return [*texts, post(browser, "/audit/verify").text]


def test_every_word_of_every_page_stands_in_a_catalogue(case: Workspace, owner: TestClient, wrapped: None) -> None:
    owner.cookies.set("language", "xx")
    found = sorted({one for text in looks(case, owner) for one in bare(text)})
    assert not found, "\n".join(found)


def test_every_word_for_a_team_stands_in_a_catalogue(case: Workspace, wrapped: None) -> None:
    ana, _ = joined(case, "Ana", "administrator", "case lead", "auditor")
    joined(case, "Eve", "viewer", only_cases=True, expires="2030-01-01")
    browser = seated(case, ana)
    browser.cookies.set("language", "xx")
    texts = [
        browser.get(path).text for path in ("/", "/people", "/account", "/sign-in", "/cases", "/approvals", "/audit")
    ]
    assert all('lang="xx"' in text for text in texts)
    found = sorted({one for text in texts for one in bare(text)})
    assert not found, "\n".join(found)


@pytest.mark.parametrize("page", ["<p>Nothing here</p>", "<a aria-label='Open the lead'></a>", "<p>⟦Ok⟧ beside it</p>"])
def test_a_word_outside_is_seen(page: str) -> None:
    assert bare(page)


@pytest.mark.parametrize("name", ALERTS)
def test_what_an_alert_says_is_translated(name: str) -> None:
    assert [why for *_, why in ALERTS[name].expect if tongue.told("fil", why) == why] == []
    assert tongue.told("fil", name.replace("_", " ")) != name.replace("_", " ")


def parts(node: ast.AST) -> Iterator[str]:
    """The sentences that an expression can give, `5` for what changes."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(one.value) if isinstance(one, ast.Constant) else "5" for one in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*parts(node.body), *parts(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield "".join(next(parts(one), "5") for one in (node.left, node.right))


@pytest.mark.parametrize("path", SPEAK, ids=lambda path: path.name)
def test_every_error_that_a_page_can_show_is_translated(path: Path) -> None:
    calls = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.Call)]
    errors = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "UserError"]
    given = [node for one in errors for node in (*one.args, *(key.value for key in one.keywords))]
    said = {sentence for node in given for sentence in parts(node)}
    assert {one for one in said if tongue.told("fil", one) == one and not one.startswith("`")} == set()


@pytest.mark.parametrize("name", SIGNS)
def test_what_a_sign_says_is_translated(name: str) -> None:
    sign = SIGNS[name]
    said = [sign.says, sign.harmless, *(why for _, _, why in sign.expect)]
    assert [one for one in said if tongue.told("fil", one) == one] == []


def test_a_translated_sentence_keeps_what_changes() -> None:
    book = tongue._said("fil")
    slots = re.compile(r"\{\w+\}")
    assert [one for one, meant in book.items() if sorted(slots.findall(one)) != sorted(slots.findall(meant))] == []
    assert tongue.told("fil", "this contact stands in 3 places within seven days").startswith("nasa 3 lugar")
    assert tongue.told("fil", 'says "keep {this} \n as it is"') == 'sabi: "keep {this} \n as it is"'
    assert tongue.told("fil", "nobody wrote this") == "nobody wrote this"
