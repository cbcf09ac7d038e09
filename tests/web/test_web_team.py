"""A team signs in: guessing, planted cookies and forged forms open nothing, and an administrator sees no case."""

import re
import time

import pyotp
import pytest
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, first
from tests.web.teaming import AT, BY, PASSWORD, joined, seated, sent, team, typed

from undertow import Workspace, auditing
from undertow.review import attempts
from undertow.review.people import People, Person
from undertow.review.sessions import IDLE, WHOLE, Sessions


def test_somebody_new_sets_password_and_second_factor_before_seeing_anything(case: Workspace) -> None:
    made, given = People(case.audit).add(Person("", "Ana", ("analyst",)), BY)
    ana = team(case)
    assert typed(ana, "Ana", given).headers["location"] == "/account"
    assert ana.get("/").headers["location"] == "/account"
    sent(ana, "/account/password", old=given, new=PASSWORD, again=PASSWORD)
    assert ana.get("/").headers["location"] == "/account"
    key = "".join(re.findall(r"<span>(\w{1,4})</span>", ana.get("/account").text))
    sent(ana, "/account/code", code=pyotp.TOTP(key).now())
    assert ana.get("/").status_code == 200
    assert [line["verb"] for line in auditing.listed(case, subject=made.person_id)][::-1] == [
        "added", "signed in", "changed their password", "set a second factor",
    ]  # fmt: skip


def test_name_password_and_code_open_a_session(case: Workspace) -> None:
    _, key = joined(case, "Ana")
    ana = team(case)
    assert typed(ana, "Ana").status_code == 401
    assert typed(ana, "Ana", code=pyotp.TOTP(key).now()).headers["location"] == "/home"
    assert "Ana" in ana.get("/").text
    assert [line["who"] for line in auditing.listed(case, verb="read")] == ["Ana"]


def test_a_code_that_was_seen_over_a_shoulder_opens_nothing(case: Workspace) -> None:
    _, key = joined(case, "Ana")
    code = pyotp.TOTP(key).now()
    assert typed(team(case), "Ana", code=code).status_code == 303
    assert typed(team(case), "Ana", code=code).status_code == 401


def test_guessing_a_password_ends_after_a_few_and_the_right_one_waits_too(case: Workspace) -> None:
    _, key = joined(case, "Ana")
    guesses = [typed(team(case), "Ana", f"guess {number}", "000000") for number in range(attempts.OF_NAME)]
    assert {one.status_code for one in guesses} == {401}
    late = typed(team(case), "Ana", code=pyotp.TOTP(key).now())
    assert late.status_code == 429
    assert "too many attempts" in late.text
    assert len(auditing.listed(case, verb="refused to sign in")) == attempts.OF_NAME


def test_an_unknown_name_is_answered_like_a_wrong_password(case: Workspace) -> None:
    joined(case, "Ana")
    texts = {typed(team(case), name, "some guess of mine").text for name in ("Ana", "Nobody")}
    assert len(texts) == 1


def test_a_cookie_that_was_planted_before_is_not_the_one_that_opens(case: Workspace) -> None:
    _, key = joined(case, "Ana")
    ana = team(case)
    ana.cookies.set("undertow", "planted", domain="workbench.example")
    made = typed(ana, "Ana", code=pyotp.TOTP(key).now()).headers["set-cookie"]
    assert "planted" not in made
    thief = team(case)
    thief.cookies.set("undertow", "planted")
    assert thief.get("/").headers["location"] == "/sign-in"


def test_signing_in_anew_ends_the_session_before(case: Workspace) -> None:
    ana, _ = joined(case, "Ana")
    _, key = joined(case, "Ben")
    browser = seated(case, ana)
    old = browser.cookies["undertow"]
    assert typed(browser, "Ben", code=pyotp.TOTP(key).now()).status_code == 303
    assert Sessions(case.decisions.path).of(old) is None


def test_the_cookie_goes_over_tls_alone_and_ends_with_the_browser(case: Workspace) -> None:
    _, key = joined(case, "Ana")
    cookie = typed(team(case), "Ana", code=pyotp.TOTP(key).now()).headers["set-cookie"].lower()
    assert {"secure", "httponly", "samesite=strict"} <= {part.strip() for part in cookie.split(";")}
    assert "max-age" not in cookie


@pytest.mark.parametrize("seconds", [IDLE + 1, WHOLE + 1])
def test_a_session_ends_by_itself(case: Workspace, monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    ana, _ = joined(case, "Ana")
    browser = seated(case, ana)
    sessions, now = Sessions(case.decisions.path), time.time()
    cookie = sessions.begin(ana.person_id, "review", lasts=WHOLE, idle=IDLE)
    browser.cookies.set("undertow", cookie)
    assert browser.get("/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + seconds)
    assert browser.get("/").headers["location"] == "/sign-in"


def test_use_keeps_a_session_awake_but_not_for_ever(case: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions, start = Sessions(case.decisions.path), time.time()
    cookie = sessions.begin("u1", "review", lasts=WHOLE, idle=IDLE)
    awake = []
    for passed in range(1, WHOLE + IDLE, IDLE // 2):
        monkeypatch.setattr(time, "time", lambda passed=passed: start + passed)
        awake.append(sessions.of(cookie) is not None)
    assert awake == [passed < WHOLE for passed in range(1, WHOLE + IDLE, IDLE // 2)]


@pytest.mark.parametrize("origin", [{}, ORIGIN, {"origin": "https://evil.example"}, {"origin": "null"}], ids=str)
def test_a_form_of_another_site_signs_nobody_in_and_changes_nobody(case: Workspace, origin: dict[str, str]) -> None:
    root, key = joined(case, "Root", "administrator")
    form = {"name": "Root", "password": PASSWORD, "code": pyotp.TOTP(key).now(), "purpose": "x"}
    assert team(case).post("/sign-in", data=form, headers=origin).status_code == 403
    forged = {"form_key": "guessed", "name": "Eve", "role administrator": "1", "clearance": "TLP:RED"}
    assert seated(case, root).post("/people", data=forged, headers=origin or AT).status_code == 403
    assert [one.name for one in People(case.audit).all()] == ["Root"]


def test_a_link_for_one_person_opens_nothing_to_a_team(case: Workspace) -> None:
    form = {"token": Sessions(case.decisions.path).link(), "purpose": "review"}
    assert team(case).post("/enter", data=form, headers=AT).status_code == 400


def test_a_session_of_a_team_opens_nothing_where_one_person_works_alone(case: Workspace, visitor: TestClient) -> None:
    vic, _ = joined(case, "Vic", "viewer")
    visitor.cookies.set("undertow", Sessions(case.decisions.path).begin(vic.person_id, "review"))
    assert visitor.get("/").status_code == 401


def test_a_sitting_counts_what_it_opened_and_recommends_a_break(
    case: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = seated(case, joined(case, "Ana")[0])
    for _ in range(11):
        text = browser.get(f"/leads/{first(case)}").text
    assert "you opened 11 pages about people" in text
    assert "A break" not in text
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 51 * 60)
    assert "A break of a few minutes helps" in browser.get("/").text


def test_a_lock_ends_what_is_under_way(case: Workspace) -> None:
    ana, _ = joined(case, "Ana")
    root, _ = joined(case, "Root", "administrator")
    browser = seated(case, ana)
    assert browser.get("/").status_code == 200
    assert sent(seated(case, root), f"/people/{ana.person_id}", do="lock").status_code == 303
    assert browser.get("/").headers["location"] == "/sign-in"


def test_an_administrator_sees_no_case_by_being_one_and_gives_themselves_nothing(case: Workspace) -> None:
    root, _ = joined(case, "Root", "administrator")
    browser = seated(case, root)
    for path in ("/", f"/leads/{first(case)}", "/records/p1", "/search", "/audit"):
        assert browser.get(path).status_code == 403
    own = sent(browser, f"/people/{root.person_id}", do="save", clearance="TLP:RED", **{"role case lead": "1"})
    assert own.status_code == 400
    assert People(case.audit).named("Root").roles == ("administrator",)


def test_an_administrator_adds_somebody_and_sees_their_first_password_once(case: Workspace) -> None:
    root, _ = joined(case, "Root", "administrator")
    browser = seated(case, root)
    answer = sent(browser, "/people", name="Ana <b>Cruz</b>", clearance="TLP:GREEN", **{"role viewer": "1"})
    found = re.search(r'class="mono first">([\w-]+)<', answer.text)
    assert found
    assert "<b>Cruz" not in answer.text
    assert found[1] not in browser.get("/people").text
    assert typed(team(case), "Ana <b>Cruz</b>", found[1]).headers["location"] == "/account"
    added = People(case.audit).named("Ana <b>Cruz</b>")
    assert (added.roles, added.clearance) == (("viewer",), "TLP:GREEN")


@pytest.fixture
def viewer(case: Workspace) -> TestClient:
    return seated(case, joined(case, "Vic", "viewer")[0])


def test_the_menu_holds_what_somebody_may_see(viewer: TestClient) -> None:
    text = viewer.get("/").text
    assert 'href="/people"' not in text
    assert 'href="/audit"' not in text
    assert 'action="/search"' not in text


def test_pages_hold_no_form_that_would_be_refused(case: Workspace, viewer: TestClient) -> None:
    analyst, lead = seated(case, joined(case, "Ana")[0]), f"/leads/{first(case)}"
    for page, actions in ((lead, ("/show", f"{lead}/judge")), (f"{lead}/graph", ("/show",)), ("/runs", ("/show",))):
        for action in actions:
            assert f'action="{action}"' in analyst.get(page).text
            assert f'action="{action}"' not in viewer.get(page).text


def test_who_did_it_is_who_signed_in(case: Workspace) -> None:
    browser = seated(case, joined(case, "Ana")[0])
    sent(browser, f"/leads/{first(case)}/judge", answer="reject", because="a taxi rank")
    assert [one.who for one in case.decisions.judgements()] == ["Ana"]
    assert auditing.verify(case)


def test_a_script_in_a_purpose_a_reason_or_a_search_is_shown_as_text(case: Workspace) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    _, key = joined(case, "Ana", "case lead", "auditor")
    browser, lead = team(case), f"/leads/{first(case)}"
    answers = [typed(browser, evil, evil, evil, evil)]
    typed(browser, "Ana", code=pyotp.TOTP(key).now(), purpose=evil)
    sent(browser, "/show", purpose=evil, back=evil)
    answers += [sent(browser, f"{lead}/judge", answer=evil, because=evil, **{"class": evil})]
    sent(browser, f"{lead}/judge", answer="reject", because=evil)
    answers += [sent(browser, "/search", words=evil), sent(browser, f"/people/{'x' * 9}", do=evil)]
    answers += [
        browser.get(path) for path in (lead, "/", "/audit", f"/cases?put={evil}&status={evil}", f"/?band={evil}")
    ]
    for answer in answers:
        assert answer.status_code < 500
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    assert "&lt;script&gt;" in answers[-3].text
