"""What machines did: runs, what could not be read, alerts and hash lists."""

from pathlib import Path

from starlette.testclient import TestClient
from tests.web.conftest import post

from undertow import Workspace, auditing


def test_every_run_is_listed(case: Workspace, owner: TestClient) -> None:
    text = owner.get("/runs").text
    for path in (case.root / "runs").glob("[!.]*.json"):
        assert path.stem in text
    assert (auditing.listed(case, most=1)[0]["verb"], auditing.listed(case, most=1)[0]["subject_kind"]) == (
        "read",
        "runs",
    )


def test_what_could_not_be_read_is_masked_until_a_purpose_is_given(
    case: Workspace, owner: TestClient, tmp_path: Path
) -> None:
    (tmp_path / "torn.jsonl").write_text('{"text": "fine", "site": "a.example"}\n{"text": "call Anastasia\n')
    case.collect([tmp_path / "torn.jsonl"])
    assert case.rejects().num_rows
    assert "Anastasia" not in owner.get("/runs").text
    post(owner, "/show", purpose="mend the file", back="/runs")
    assert "Anastasia" in owner.get("/runs").text
