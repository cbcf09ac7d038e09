"""What pages show and keep: text stays text, names are masked, decisions and looks are kept."""

import re

from starlette.testclient import TestClient
from tests.web.conftest import PHONE, SCRIPT, a_post, first, post

from undertow import Workspace, auditing


def verbs(case: Workspace) -> list[tuple[str, str, str]]:
    return [(line["verb"], line["subject_kind"], line["why"]) for line in auditing.listed(case)][::-1]


def test_the_inbox_says_why_in_words(case: Workspace, owner: TestClient) -> None:
    text = owner.get("/").text
    assert f'href="/leads/{first(case)}"' in text
    assert case.leads()["band"][0].as_py() in text
    assert PHONE not in text


def test_a_band_narrows_the_inbox(owner: TestClient) -> None:
    assert "There are no leads here" in owner.get("/?band=none").text


def test_a_lead_says_why_and_links_to_the_span(case: Workspace, owner: TestClient) -> None:
    text = owner.get(f"/leads/{first(case)}").text
    assert "What speaks for it" in text
    link = re.search(r'href="(/records/p\w+\?at=text-\d+-\d+)#hit"', text)
    assert link
    assert 'id="hit"' in owner.get(link[1]).text


def test_a_script_in_a_post_is_shown_as_text(case: Workspace, owner: TestClient) -> None:
    for path in (f"/records/{a_post(case)}", f"/leads/{first(case)}"):
        assert SCRIPT not in owner.get(path).text
    assert "&lt;script&gt;" in owner.get(f"/records/{a_post(case)}").text


def test_names_and_numbers_are_masked_until_a_purpose_is_given(case: Workspace, owner: TestClient) -> None:
    path = f"/records/{a_post(case)}"
    assert "555-0123" not in owner.get(path).text
    assert post(owner, "/show", purpose="", back=path).status_code == 400
    before = owner.cookies["undertow"]
    assert post(owner, "/show", purpose="call the hotline back", back=path).headers["location"] == path
    assert owner.cookies["undertow"] != before
    assert "555-0123" in owner.get(path).text
    assert ("unmasked", "", "call the hotline back") in verbs(case)
    post(owner, "/hide", back=path)
    assert "555-0123" not in owner.get(path).text


def test_going_back_never_leads_elsewhere(owner: TestClient) -> None:
    for back in ("//evil.example", "https://evil.example", "/\\evil"):
        assert post(owner, "/hide", back=back).headers["location"] == "/"


def test_a_record_says_where_it_comes_from(case: Workspace, owner: TestClient) -> None:
    text = owner.get(f"/records/{a_post(case)}").text
    assert "posts.csv" in text
    assert case.table("originals")["original_id"][0].as_py() in text


def test_an_answer_and_its_undoing_are_decisions_and_lines_of_the_trail(case: Workspace, owner: TestClient) -> None:
    lead = first(case)
    assert post(owner, f"/leads/{lead}/judge", answer="reject", because="a taxi rank", **{"class": "business"})
    assert "rejected" in owner.get("/").text
    assert case.decisions.details()[1] == {"class": "business", "purpose": "weekly review"}
    assert post(owner, f"/leads/{lead}/judge", answer="undo", because="misread").status_code == 303
    assert [one.verb for one in case.decisions.judgements()] == ["reject", "undo"]
    told = [line for line in auditing.listed(case) if line["verb"] == "decided"]
    assert [(line["why"], line["detail"]["purpose"]) for line in told] == [
        ("misread", "weekly review"),
        ("a taxi rank", "weekly review"),
    ]
    assert auditing.verify(case)


def test_an_answer_needs_a_reason(case: Workspace, owner: TestClient) -> None:
    assert post(owner, f"/leads/{first(case)}/judge", answer="confirm", because=" ").status_code == 400
    assert case.decisions.judgements() == []


def test_a_search_finds_a_number_in_any_disguise_and_keeps_only_its_digest(case: Workspace, owner: TestClient) -> None:
    text = post(owner, "/search", words="two zero two 555 0123").text
    assert f'href="/records/{a_post(case)}?at=text-' in text
    (line,) = auditing.listed(case, verb="searched")
    assert "555 0123" not in str(line)
    assert len(line["subject"]) == 32
    assert line["detail"]["mentions"] >= 6


def test_a_search_finds_words(owner: TestClient) -> None:
    assert "6 records; at most 200 are shown" in post(owner, "/search", words="BICYCLE number").text


def test_every_look_is_told_with_its_purpose(case: Workspace, owner: TestClient) -> None:
    for path in ("/", f"/leads/{first(case)}", f"/records/{a_post(case)}", "/audit"):
        owner.get(path)
    why = "weekly review"
    assert verbs(case) == [
        ("signed in", "", why),
        ("read", "inbox", why),
        ("read", "lead", why),
        ("read", "record", why),
        ("read", "audit", why),
    ]


def test_nothing_is_shown_that_the_trail_cannot_hold(case: Workspace, owner: TestClient) -> None:
    case.audit.head.unlink()
    answer = owner.get(f"/records/{a_post(case)}")
    assert answer.status_code == 500
    assert "Cook wanted" not in answer.text


def test_the_trail_is_listed_and_verified(owner: TestClient) -> None:
    assert "signed in" in owner.get("/audit").text
    assert "every seal fits" in post(owner, "/audit/verify").text


def test_what_is_new_since_the_last_look_is_marked(case: Workspace, owner: TestClient, tmp_path) -> None:
    new = '<span class="tag">new</span>'
    assert new not in owner.get("/").text
    more = (
        "Waiter wanted abroad. The ticket is deducted from your salary. We keep your passport. Do not tell your family."
    )
    rows = "".join(f'b{n},other.example,"{more} Call (202) 555-0177",Cadiz {n}\n' for n in range(6))
    (tmp_path / "more.csv").write_text("account,site,text,place\n" + rows)
    case.collect([tmp_path / "more.csv"])
    case.run()
    assert owner.get("/").text.count(new) == 1


def test_addresses_and_titles_hold_ids_alone(case: Workspace, owner: TestClient) -> None:
    for path in ("/", f"/leads/{first(case)}", f"/records/{a_post(case)}"):
        text = owner.get(path).text
        assert not re.search(r'href="[^"]*(555|jobs\.example|acc\d)', text)
        assert re.search(r"<title>(Inbox|Lead|Record) · Undertow</title>", text)
