"""Links and sessions end when they should, and a page is new until there is something newer."""

import time
from pathlib import Path

import pytest

from undertow.review.migrations import opened
from undertow.review.sessions import LASTS, LINK, SHOWN, Sessions


@pytest.fixture
def held(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "decisions.sqlite")


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


def test_a_link_holds_once(held: Sessions) -> None:
    link = held.link()
    assert [held.use_link(link), held.use_link(link), held.use_link("guessed")] == [True, False, False]


def test_a_link_ends(held: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    link = held.link()
    later(monkeypatch, LINK + 1)
    assert not held.use_link(link)


def test_a_session_ends_by_itself(held: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = held.begin("owner", "review")
    assert held.of(cookie)
    later(monkeypatch, LASTS + 1)
    assert held.of(cookie) is None


def test_names_are_masked_again_by_themselves(held: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = held.begin("owner", "review")
    session = held.of(cookie)
    assert session and not session.shows
    held.show(session, on=True)
    shown = held.of(cookie)
    assert shown and shown.shows
    later(monkeypatch, SHOWN + 1)
    assert not shown.shows


def test_neither_cookie_nor_link_stands_in_the_file(held: Sessions) -> None:
    secret = {held.begin("owner", "review"), held.link()}
    with opened(held.path) as connection:
        stand = connection.execute("SELECT token FROM sessions UNION SELECT token FROM links").fetchall()
    assert len(stand) == 2
    assert not secret & {token for (token,) in stand}


def test_a_page_stays_new_until_there_is_something_newer(held: Sessions) -> None:
    looks = [held.looked("owner", "inbox", run) for run in ("run1", "run1", "run2", "run2", "run3")]
    assert looks == ["", "", "run1", "run1", "run2"]
