"""Whatever stands in a file that is collected, no page runs it; whatever is sent to a page, it is answered."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HOST, come_in, post
from tests.web.hostile import EVIL, FILES, NAME, OFFER, runs

from undertow import Workspace, plugins
from undertow.collect.contract import Source
from undertow.web.app import pages, workbench


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, TestClient]]:
    """A workspace of hostile files, one of each format, behind the workbench, with somebody who has come in."""
    folder = tmp_path_factory.mktemp("attack")
    place = Workspace.start(folder / "case", name=f"Harbour {EVIL}", country="PH")
    for name, (file, data) in FILES.items():
        (folder / name).mkdir()
        path = folder / name / f"{NAME}{file}"
        path.write_bytes(data)
        place.collect([path], origin=f"made up {EVIL}", lawful_basis=f"made up {EVIL}")
    place.run()
    browser = TestClient(workbench(place, {HOST}), base_url=f"http://{HOST}", follow_redirects=False)
    come_in(place, browser)
    yield place, browser


def test_every_format_that_is_collected_is_attacked() -> None:
    assert set(FILES) == set(plugins.load("undertow.collect.sources", Source))


@pytest.mark.parametrize(
    "page", ["<script>x</script>", "<p onclick=x>", "<a href=' javascript:x'>", "<p style=x>", EVIL]
)
def test_what_runs_is_seen(page: str) -> None:
    assert runs(page)


@pytest.mark.parametrize("name", FILES)
def test_every_hostile_file_is_read_into_records(attacked: tuple[Workspace, TestClient], name: str) -> None:
    place, _ = attacked
    told = place.table("originals").to_pylist()
    assert [row["rows"] > 0 for row in told if row["source"] == name and row["name"].endswith(FILES[name][0])] == [True]


def addresses(place: Workspace, browser: TestClient) -> Iterator[str]:
    """Every page that a look gives, with every lead and record; and what they link to on the same page."""
    posts = place.table("posts")["post_id"].to_pylist() + place.table("pictures")["picture_id"].to_pylist()
    ids = {"lead_id": place.leads()["lead_id"].to_pylist()[:3], "record_id": posts}
    case_id = re.search(
        r"/cases/(\w+)", post(browser, "/cases", title=EVIL[:200], marking="TLP:AMBER").headers["location"]
    )
    assert case_id
    ids |= {"case_id": [case_id[1]], "part": ["about"], "token": [EVIL.replace("/", "")], "what": ["none"]}
    for one in pages().values():
        for route in one.routes:
            named = re.findall(r"\{(\w+)\}", route.path)
            if route.method != "GET":
                continue
            for value in ids[named[0]] if named else [""]:
                path = route.path
                for name in named:
                    path = path.replace(f"{{{name}}}", value if name == named[0] else ids[name][0])
                yield path


@pytest.mark.parametrize("shows", [False, True], ids=["masked", "shown"])
def test_no_page_runs_what_stands_in_a_file(attacked: tuple[Workspace, TestClient], shows: bool) -> None:
    place, browser = attacked
    if shows:
        post(browser, "/show", purpose=EVIL[:200])
    seen: set[str] = set()
    wrong: list[tuple[str, str]] = []
    todo = list(addresses(place, browser))
    while todo:
        path = todo.pop()
        if path in seen or len(seen) > 150:
            continue
        seen.add(path)
        text = browser.get(path).text
        wrong += [(path, one) for one in runs(text)]
        todo += [
            link.replace("&amp;", "&") for link in re.findall(r'href="(/leads/[^"#]*\?[^"#]*|/leads/\w+/cut/\w+)', text)
        ]
    assert wrong == []
    assert any("cut" in path for path in seen) and any("/graph?" in path for path in seen)


@pytest.mark.parametrize("words", [EVIL, OFFER[:60], "<script>alert(1)", "2025550123", "javascript:alert"])
def test_no_search_runs_what_is_sought(attacked: tuple[Workspace, TestClient], words: str) -> None:
    text = post(attacked[1], "/search", words=words).text
    assert runs(text) == []
    assert words[:10].replace("&", "&amp;").replace("<", "&lt;").replace('"', "&#34;").replace("'", "&#39;")[:5] in text


def test_a_lead_was_made_of_the_hostile_files(attacked: tuple[Workspace, TestClient]) -> None:
    place, browser = attacked
    lead = place.leads()["lead_id"][0].as_py()
    assert "&lt;script&gt;" in browser.get(f"/leads/{lead}").text
