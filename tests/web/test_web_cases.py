"""Cases in the browser: gathered, written, argued about and exported, with every word kept as a word."""

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PHONE, a_post, first
from tests.web.teaming import joined, seated, sent

from undertow import Workspace, auditing
from undertow.review.cases import Cases
from undertow.review.proposals import waiting

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


@pytest.fixture
def ana(case: Workspace) -> TestClient:
    return seated(case, joined(case, "Ana", "case lead", clearance="TLP:RED")[0])


def opened(case: Workspace, browser: TestClient, **form: str) -> str:
    answer = sent(browser, "/cases", **{"title": "Harbour offers", "marking": "TLP:AMBER", **form})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def held(case: Workspace):
    return Cases(case.audit).all()[0]


def test_a_lead_is_put_into_a_case_from_its_page(case: Workspace, ana: TestClient) -> None:
    link = re.search(r'href="(/cases\?put=\w+)"', ana.get(f"/leads/{first(case)}").text)
    assert link
    assert "waits: put it into" in ana.get(link[1]).text
    path = opened(case, ana, put=first(case))
    assert f'href="/leads/{first(case)}"' in ana.get(path).text
    leads, records = held(case).holds()
    assert leads == {first(case)}
    assert a_post(case) in records


def test_a_record_is_put_in_and_taken_out(case: Workspace, ana: TestClient) -> None:
    path, post = opened(case, ana), a_post(case)
    sent(ana, f"{path}/gather", id=post)
    assert f'href="/records/{post}"' in ana.get(path).text
    sent(ana, f"{path}/gather", id=post, out="1")
    assert f'href="/records/{post}"' not in ana.get(path).text


@pytest.mark.parametrize("name", ["lnone", "pnone", "../../etc/passwd", "", "p" * 200, "zzz"])
def test_what_is_no_lead_or_record_is_not_put_in(case: Workspace, ana: TestClient, name: str) -> None:
    assert sent(ana, f"{opened(case, ana)}/gather", id=name).status_code == 400


def test_a_story_embeds_its_evidence_masked(case: Workspace, ana: TestClient) -> None:
    path, post = opened(case, ana), a_post(case)
    sent(ana, f"{path}/story", version="0", text=f"The offer [[{post}:text:0-18]] is one of six. Call {PHONE}")
    text = ana.get(path).text
    assert f'href="/records/{post}?at=text-0-18#hit"' in text
    assert '<mark class="hit">Cook wanted abroad</mark>' in text
    assert "555-0123" not in text
    assert "Show them for a purpose" in text
    sent(ana, "/show", purpose="write the story", back=path)
    assert "555-0123" in ana.get(path).text


def test_of_two_who_write_at_once_the_second_sees_both_texts_and_loses_none(case: Workspace, ana: TestClient) -> None:
    ben = seated(case, joined(case, "Ben")[0])
    path = opened(case, ana)
    assert sent(ben, f"{path}/story", version="0", text="as Ben saw it").status_code == 303
    late = sent(ana, f"{path}/story", version="0", text="as Ana saw it")
    assert late.status_code == 409
    assert "Ben wrote here meanwhile" in late.text
    assert "as Ben saw it" in late.text
    assert re.search(r"<textarea[^>]*>as Ana saw it</textarea>", late.text)
    assert 'name="version" value="1"' in late.text
    sent(ana, f"{path}/story", version="1", text="as both saw it")
    assert "as Ben saw it" in ana.get(f"{path}/versions/story").text
    assert held(case).story.body["text"] == "as both saw it"


def test_of_two_who_change_the_head_the_second_sees_what_differs(case: Workspace, ana: TestClient) -> None:
    path = opened(case, ana)
    form = {"title": "Harbour offers", "status": "open", "marking": "TLP:AMBER", "version": "1"}
    sent(ana, f"{path}/about", **form, reliability="B", credibility="2")
    late = sent(ana, f"{path}/about", **form | {"status": "waiting"}, deadline="2027-01-01")
    assert late.status_code == 409
    assert "2027-01-01" in late.text
    assert '<input type="hidden" name="status" value="waiting">' in late.text
    assert (held(case).about["reliability"], held(case).about["status"]) == ("B", "open")


def test_notes_and_tasks_are_written_changed_done_and_taken_out(case: Workspace, ana: TestClient) -> None:
    path = opened(case, ana)
    sent(ana, f"{path}/parts", kind="note", text="Ask the hotline.")
    sent(ana, f"{path}/parts", kind="task", text="Write to the registry", due="2027-01-01", assignee="Ben")
    note, task = held(case).of("note")[0], held(case).of("task")[0]
    sent(ana, f"{path}/parts/{note.part}", version="1", text="Ask the hotline again.")
    sent(ana, f"{path}/parts/{task.part}", version="1", do="done")
    text = ana.get(path).text
    assert "Ask the hotline again." in text
    assert "by 2027-01-01" in text
    assert held(case).of("task")[0].body["done"] is True
    assert held(case).of("task")[0].body["text"] == "Write to the registry"
    sent(ana, f"{path}/parts/{note.part}", version="2", do="out")
    assert "Ask the hotline" not in ana.get(path).text


def test_a_script_in_any_field_of_a_case_is_shown_as_text(case: Workspace, ana: TestClient) -> None:
    path = opened(case, ana, title=SCRIPT)
    sent(ana, f"{path}/story", version="0", text=SCRIPT)
    sent(ana, f"{path}/parts", kind="note", text=SCRIPT)
    sent(ana, f"{path}/parts", kind="task", text=SCRIPT, assignee=SCRIPT[:60])
    sent(ana, f"{path}/about", version="1", title=SCRIPT, status="open", marking="TLP:AMBER", assignee=SCRIPT,
         labels=SCRIPT)  # fmt: skip
    eve, _ = joined(case, "Eve<script>alert(1)", "viewer")
    assert sent(ana, f"{path}/people", person=eve.person_id, purpose=SCRIPT).status_code == 303
    sent(ana, f"{path}/propose", deed="refer", to=SCRIPT, because=SCRIPT)
    late = sent(ana, f"{path}/story", version="0", text=SCRIPT)
    dossier = sent(ana, f"{path}/dossier", masked="1")
    pages = [ana.get(one).text for one in (path, "/cases", "/approvals", f"{path}/versions/story", "/account")]
    for text in (*pages, late.text, dossier.text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49" not in re.findall(r"\{\{.*?\}\}|onerror=alert\(2\)>(\d+)", text)


def test_an_id_in_an_address_reaches_no_file_and_shows_no_script(case: Workspace, ana: TestClient) -> None:
    path = opened(case, ana)
    for evil in ("..%2f..%2fworkspace.toml", "%2e%2e/secret.key", "<script>alert(1)</script>", "about%00"):
        for place in (f"/cases/{evil}", f"{path}/versions/{evil}", f"/people/{evil}", f"/approvals/{evil}/approve"):
            answer = ana.get(place)
            assert answer.status_code in (200, 400, 404, 405)
            assert "<script>alert" not in answer.text
            assert "country" not in answer.text


def test_the_dossier_is_a_file_that_the_trail_knows(case: Workspace, ana: TestClient) -> None:
    path = opened(case, ana, put=first(case))
    sent(ana, f"{path}/story", version="0", text=f"Six offers, [[{a_post(case)}]].")
    answer = sent(ana, f"{path}/dossier", masked="1")
    assert answer.headers["content-disposition"] == f'attachment; filename="case-{path[7:]}-redacted.html"'
    assert "555-0123" not in answer.text
    assert "Six offers" in answer.text
    (line,) = auditing.listed(case, verb="exported")
    assert line["detail"]["bytes"] == len(answer.content)
    assert sent(ana, f"{path}/dossier", masked="0").status_code == 400
    sent(ana, "/show", purpose="hand it over", back=path)
    assert "555-0123" in sent(ana, f"{path}/dossier", masked="0").text


def test_a_label_that_protects_is_taken_off_by_a_case_lead_alone(case: Workspace, ana: TestClient) -> None:
    ben = seated(case, joined(case, "Ben")[0])
    path = opened(case, ana)
    form = {"title": "Harbour offers", "status": "open", "marking": "TLP:AMBER"}
    sent(ben, f"{path}/about", **form, version="1", labels="legal hold, urgent")
    assert sent(ben, f"{path}/about", **form, version="2", labels="urgent").status_code == 400
    assert sent(ben, f"{path}/propose", deed="delete", because="old").status_code == 400
    assert sent(ana, f"{path}/about", **form, version="2", labels="urgent").status_code == 303
    assert held(case).about["labels"] == ["urgent"]


def test_a_deletion_needs_a_second_person(case: Workspace, ana: TestClient) -> None:
    ben = seated(case, joined(case, "Ben", "reviewer")[0])
    path = opened(case, ana)
    sent(ana, f"{path}/propose", deed="delete", because="opened by mistake")
    (one,) = waiting(case.decisions)
    assert sent(ana, f"/approvals/{one.number}/approve", because="mine").status_code == 400
    assert "opened by mistake" in ben.get("/approvals").text
    assert sent(ben, f"/approvals/{one.number}/approve", because="agreed").status_code == 303
    assert Cases(case.audit).all() == []
    assert [(line["who"], line["verb"]) for line in auditing.listed(case, most=30) if line["verb"] == "deleted"] == [
        ("Ben", "deleted")
    ]
    assert auditing.verify(case)


def test_who_sees_only_their_cases_sees_what_these_hold_and_nothing_else(case: Workspace, ana: TestClient) -> None:
    cho, _ = joined(case, "Cho", "analyst", only_cases=True)
    browser, post = seated(case, cho), a_post(case)
    assert f"/leads/{first(case)}" not in browser.get("/").text
    assert browser.get(f"/records/{post}").status_code == 400
    assert post not in sent(browser, "/search", words="555 0123").text
    path = opened(case, ana, put=first(case))
    assert browser.get(path).status_code == 400
    assert "Harbour offers" not in browser.get("/cases").text
    sent(ana, f"{path}/people", person=cho.person_id, purpose="to translate")
    for place in (path, f"/leads/{first(case)}", f"/records/{post}"):
        assert browser.get(place).status_code == 200
    assert f"/leads/{first(case)}" in browser.get("/").text
    assert post in sent(browser, "/search", words="two zero two 555 0123").text
    sent(ana, f"{path}/people", person=cho.person_id, out="1")
    assert browser.get(f"/leads/{first(case)}").status_code == 400


def test_a_case_above_ones_marking_is_not_there(case: Workspace, ana: TestClient) -> None:
    ben = seated(case, joined(case, "Ben", "reviewer", clearance="TLP:GREEN")[0])
    path = opened(case, ana)
    assert ben.get(path).status_code == 400
    assert "Harbour offers" not in ben.get("/cases").text
    assert sent(ben, f"{path}/story", version="0", text="mine").status_code == 400
    assert held(case).story.version == 0
