"""The inbox: leads chosen by facets, judged many at once and taken back; searches that tell what is new."""

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, come_in, first, key, post

from undertow import Workspace, auditing

NONE = "There are no leads here"


def option(owner: TestClient, facet: str, says: str) -> str:
    """The key in the address of a value."""
    form = re.search(rf'<select id="f-{facet}".*?</select>', owner.get("/").text, re.DOTALL)
    assert form
    found = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(says)}', form[0])
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("facet", "says"),
    [("site", "jobs[.]example"), ("place", "Valencia"), ("speaks", "the means"), ("size", "up to 9")],
)
def test_a_facet_finds_the_lead_and_names_no_value_in_the_address(owner: TestClient, facet: str, says: str) -> None:
    chosen = option(owner, facet, says)
    assert says.split(",", maxsplit=1)[0].lower() not in chosen.lower()
    assert NONE not in owner.get(f"/?{facet}={chosen}").text
    assert NONE in owner.get(f"/?{facet}=other").text


def test_days_narrow_the_inbox(case: Workspace, owner: TestClient) -> None:
    assert NONE not in owner.get("/?since=2020-01-01").text
    assert NONE not in owner.get("/?since=no-day").text


def test_a_state_narrows_the_inbox(case: Workspace, owner: TestClient) -> None:
    assert NONE not in owner.get("/?status=open").text
    assert NONE in owner.get("/?status=rejected").text
    triage(owner, first(case), "spam")
    assert NONE not in owner.get("/?status=rejected").text
    assert NONE in owner.get("/?status=open").text


def triage(owner: TestClient, lead: str, looks: str, **more: str):
    return post(owner, "/triage", **{f"lead-{lead}": "on", "class": looks, "because": "a taxi rank", **more})


def test_many_are_judged_with_one_reason_and_taken_back_together(case: Workspace, owner: TestClient) -> None:
    answer = triage(owner, first(case), "spam")
    (one,) = case.decisions.judgements()
    assert (one.verb, one.because) == ("reject", "a taxi rank")
    assert len(case.decisions.records()[one.number]) == 6
    batch = case.decisions.details()[one.number]["batch"]
    assert answer.headers["location"] == f"/?done={batch}"
    assert post(owner, "/triage/undo", batch=batch).headers["location"] == "/?undone=1"
    assert [one.verb for one in case.decisions.judgements()] == ["reject", "undo"]
    assert auditing.verify(case)


def test_a_later_answer_is_not_taken_back_with_the_batch(case: Workspace, owner: TestClient) -> None:
    triage(owner, first(case), "spam")
    batch = case.decisions.details()[1]["batch"]
    post(owner, f"/leads/{first(case)}/judge", answer="confirm", because="the hotline called")
    assert post(owner, "/triage/undo", batch=batch).headers["location"] == "/"
    assert [one.verb for one in case.decisions.judgements()] == ["reject", "confirm"]


def test_what_is_organised_is_confirmed(case: Workspace, owner: TestClient) -> None:
    triage(owner, first(case), "organised_risk")
    assert [one.verb for one in case.decisions.judgements()] == ["confirm"]


@pytest.mark.parametrize("wrong", [{"because": " "}, {"class": "guilty"}, {"lead-none": "on"}], ids=str)
def test_a_batch_that_is_not_whole_judges_nothing(case: Workspace, owner: TestClient, wrong: dict[str, str]) -> None:
    form = {f"lead-{first(case)}": "on", "class": "spam", "because": "a taxi rank"} | wrong
    assert post(owner, "/triage", **form).status_code == 400
    assert case.decisions.judgements() == []


def test_a_saved_search_tells_what_is_new_in_it(case: Workspace, owner: TestClient, tmp_path) -> None:
    means = {"by-speaks": "means"}
    where = post(owner, "/searches", name="means, all of them", **means).headers["location"]
    owner.get(where)
    more = "Waiter wanted abroad. The ticket is deducted from your salary. We keep your passport. "
    rows = "".join(f'b{n},other.example,"{more} Call (202) 555-0177",Cadiz {n}\n' for n in range(6))
    (tmp_path / "more.csv").write_text("account,site,text,place\n" + rows)
    case.collect([tmp_path / "more.csv"])
    case.run()
    assert "1 new" in owner.get("/").text
    assert owner.get(where).text.count('<span class="tag">new</span>') == 1


def test_a_saved_search_can_be_forgotten(case: Workspace, owner: TestClient) -> None:
    number = post(owner, "/searches", name="means", **{"by-speaks": "means"}).headers["location"].partition("=")[2]
    assert "Saved searches" in owner.get("/").text
    post(owner, "/searches/forget", search=number)
    assert "Saved searches" not in owner.get("/").text
    assert [one.verb for one in case.decisions.judgements()] == ["save search", "undo save search"]


def test_a_search_that_chooses_all_is_not_saved(case: Workspace, owner: TestClient) -> None:
    assert post(owner, "/searches", name="all").status_code == 400


def test_saving_needs_the_key_of_the_form(case: Workspace, visitor: TestClient) -> None:
    come_in(case, visitor)
    assert key(visitor)
    form = {"form_key": "guessed", "name": "x", "by-speaks": "means"}
    assert visitor.post("/searches", data=form, headers=ORIGIN).status_code == 403
