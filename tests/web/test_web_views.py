"""Views of a lead: what each shows, and that each look is masked and told to the trail."""

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import SCRIPT, a_post, first, post

from undertow import Workspace, auditing
from undertow.web.app import pages

VIEWS = [name for name, page in pages().items() if page.view]


def address(case: Workspace, name: str) -> str:
    return pages()[name].routes[0].path.format(lead_id=first(case))


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_masked_until_a_purpose_is_given(case: Workspace, owner: TestClient, name: str) -> None:
    path = address(case, name)
    answer = owner.get(path)
    assert answer.status_code == 200
    for secret in ("555-0123", "5550123", "acc1", SCRIPT):
        assert secret not in answer.text
    post(owner, "/show", purpose="call the hotline back", back=path)
    assert owner.get(path).status_code == 200


@pytest.mark.parametrize("name", VIEWS)
def test_a_look_at_a_view_is_told(case: Workspace, owner: TestClient, name: str) -> None:
    owner.get(address(case, name))
    line = auditing.listed(case, most=1)[0]
    assert (line["verb"], line["subject_kind"], line["subject"]) == ("read", "lead", first(case))
    assert line["detail"] == {"masked": True} | ({} if name == "lead" else {"view": name})


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_leads_to_every_other(case: Workspace, owner: TestClient, name: str) -> None:
    text = owner.get(address(case, name)).text
    for other in VIEWS:
        assert f'href="{address(case, other)}"' in text


def test_the_records_are_listed_with_how_they_begin(case: Workspace, owner: TestClient) -> None:
    text = owner.get(f"/leads/{first(case)}/records").text
    assert f'href="/records/{a_post(case)}"' in text
    assert text.count("Cook wanted abroad") == 6


def test_a_time_is_shown_on_the_readers_clock(case: Workspace, owner: TestClient) -> None:
    owner.cookies.set("zone", "Asia/Manila")
    assert "times of Asia/Manila" in owner.get(f"/leads/{first(case)}/records").text
    owner.cookies.set("zone", "nowhere<script>")
    assert "times of UTC" in owner.get(f"/leads/{first(case)}/records").text
