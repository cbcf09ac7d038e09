"""From judgements to weights and back: judge, next, learn, weights, as a person runs them."""

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.cli.typed import said

from undertow import Workspace, settings, testing
from undertow.assess import weights
from undertow.assess.worlds import Post, scene
from undertow.runs import running

pytestmark = pytest.mark.slow
SHIPPED = weights.load().version

WORDS = {
    "debt": "deducted from your salary",
    "secrecy": "do not tell your family",
    "threats": "or else",
    "upfront_fee": "pay the processing fee first",
}
CONFIRMED, REJECTED, OPEN = ("debt", "secrecy"), ("debt", "upfront_fee"), ("debt", "threats")
SHOWN = [*[CONFIRMED, REJECTED] * 18, *[OPEN] * 4]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty leads of three sorts among networks that show nothing; none is judged."""
    loud = [
        Post(cues=[(name, WORDS[name]) for name in names], network=f"n{at:03}", account=f"a{at}")
        for at, names in enumerate(SHOWN)
    ]
    quiet = [Post(network=f"q{at:03}", account=f"b{at}") for at in range(300)]
    place = Workspace.start(tmp_path_factory.mktemp("learning") / "case")
    with running(place.root, "run") as run:
        for name, rows in scene(*loud, *quiet).items():
            run.target(name).mkdir(parents=True)
            pq.write_table(testing.table(name, rows), run.target(name) / "part-00000.parquet")
    place.run(("assess",))
    return place.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(made, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


@pytest.fixture(scope="module")
def answered(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with eighteen leads confirmed and eighteen rejected, by what they show."""
    root = tmp_path_factory.mktemp("answered") / "case"
    shutil.copytree(made, root)
    judge(Workspace.open(root), [names == CONFIRMED for names in SHOWN[:36]])
    return root


@pytest.fixture
def judged(answered: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(answered, tmp_path / "case")
    return Workspace.open(tmp_path / "case")


def judge(place: Workspace, answers: list[bool]) -> None:
    for at, answer in enumerate(answers):
        said = {"because": "seen", "who": "Ana"}
        place.decisions.judge_lead(f"l{at:03}", "confirm" if answer else "reject", [f"p{at + 1}"], **said)


def points(path: Path) -> dict[str, Any]:
    held: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))["indicators"]
    return held


def test_below_thirty_judged_leads_nothing_is_learned(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    judge(case, [names == CONFIRMED for names in SHOWN[:29]])
    _, err = said(capsys, case, "learn", code=2)
    assert "15 confirmed, 14 rejected" in err
    assert "30 are needed, 8 of either kind" in err


def test_with_fewer_than_eight_of_a_kind_nothing_is_learned(
    case: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(case, [at < 7 for at in range(36)])
    assert "7 confirmed, 29 rejected" in said(capsys, case, "learn", code=2)[1]


def test_learning_says_the_points_the_leads_and_the_held_out_figures(
    judged: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = said(capsys, judged, "learn", "--from", "decisions")
    assert "36 judged leads, 18 of them confirmed" in out
    assert "upfront_fee" in out
    assert "average precision" in out
    assert "rank before" in out
    assert f"version {SHIPPED}-learned-1" in out
    assert "goes back" in err


def test_the_next_run_uses_the_learned_version_and_says_so(
    judged: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    judged.learn()
    done = judged.run(("assess",))
    assert done.weights == f"{SHIPPED}-learned-1"
    assert set(judged.leads()["weights"].to_pylist()) == {f"{SHIPPED}-learned-1"}
    assert json.loads((judged.root / "runs" / f"{done.run}.json").read_text())["weights"] == f"{SHIPPED}-learned-1"


def test_learning_says_before_the_run_what_the_run_then_does(judged: Workspace) -> None:
    moved = {row["lead_id"]: (row["score"], row["band"]) for row in judged.learn().moved}
    judged.run(("assess",))
    now = {row["lead_id"]: (row["score"], row["band"]) for row in judged.leads().to_pylist()}
    assert moved
    assert {lead: now[lead] for lead in moved} == moved


def test_published_goes_back_to_the_weights_that_ship(judged: Workspace) -> None:
    before = judged.leads()
    judged.learn()
    judged.run(("assess",))
    assert judged.leads() != before
    back = settings.validate({"assess": {"weights": "published"}}, "here")
    (judged.root / settings.FILE_NAME).write_text(settings.template(back), "utf-8")
    again = Workspace.open(judged.root)
    assert again.run(("assess",)).weights == SHIPPED
    assert again.leads() == before


def test_a_version_keeps_reasons_and_published_points(judged: Workspace) -> None:
    found = judged.learn()
    about = points(Path(found.path))["upfront_fee"]
    assert about["points"] < about["published"] == 120
    assert about["reason"].startswith("unlawful for workers")


def test_a_refit_is_a_new_version_from_the_published_points(judged: Workspace) -> None:
    first = Path(judged.learn().path)
    before = first.read_bytes()
    second = judged.learn()
    assert first.read_bytes() == before
    assert second.version == f"{SHIPPED}-learned-2"
    assert points(Path(second.path)) == points(first)


def test_versions_are_listed_with_the_one_in_use(judged: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    judged.learn()
    rows = json.loads(said(capsys, judged, "weights", "--json")[0])
    assert [(row["version"], row["used"]) for row in rows] == [(SHIPPED, False), (f"{SHIPPED}-learned-1", True)]
    assert "36" in said(capsys, judged, "weights")[0]


def test_a_dry_run_writes_nothing(judged: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys, judged, "learn", "--dry-run", "--json")[0])["version"] == ""
    assert not (judged.root / "weights").exists()


def test_what_is_no_better_is_not_taken_over_unless_it_is_asked_for(
    case: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(case, [at % 4 < 2 for at in range(36)])
    _, err = said(capsys, case, "learn")
    assert "not better" in err
    assert not (case.root / "weights").exists()
    assert case.learn(anyway=True).version == f"{SHIPPED}-learned-1"


def test_weights_that_the_setting_names_stay_in_use(judged: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    named = settings.validate({"assess": {"weights": "published"}}, "here")
    (judged.root / settings.FILE_NAME).write_text(settings.template(named), "utf-8")
    assert "names other weights" in said(capsys, judged, "learn")[1]


def test_labels_teach_as_judgements_do(judged: Workspace, tmp_path: Path) -> None:
    rows = [f"l{at:03},{'yes' if names == CONFIRMED else 'no'}" for at, names in enumerate(SHOWN[:36])]
    (tmp_path / "labels.csv").write_text("\n".join(["record,organised", *rows]), "utf-8")
    taught = judged.learn(tmp_path / "labels.csv", dry_run=True)
    assert taught.points == judged.learn(dry_run=True).points


def test_a_judgement_taken_back_no_longer_teaches(judged: Workspace) -> None:
    judged.judge("l000", "undo", because="the wrong lead")
    assert judged.learn(dry_run=True).judged == 35


def test_a_judged_lead_is_never_proposed_again(judged: Workspace) -> None:
    named = []
    while found := judged.next():
        named.append(found.lead_id)
        judged.judge(found.lead_id, "reject", because="a shop")
    assert named == ["l036", "l037", "l038", "l039"]


def test_a_proposal_says_why(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = said(capsys, case, "next")
    assert "unjudged leads show much the same signs" in out
    assert "undertow judge" in err
    assert json.loads(said(capsys, case, "next", "--json")[0])["why"] in out


def test_judging_keeps_who_when_and_why(case: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, case, "judge", "l000", "confirm", "--because", "the hotline knows her", "--who", "Ana")
    assert "confirm: lead l000 (decision 1, by Ana: the hotline knows her)" in out
    assert said(capsys, case, "judge", "l000", "maybe", "--because", "x", code=2)[0] == ""
    assert "no lead l999" in said(capsys, case, "judge", "l999", "reject", "--because", "x", code=2)[1]


def test_a_list_of_leads_says_which_are_judged(judged: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, judged, "leads", "--top", "0", "--json")[0])
    held = {row["lead_id"]: row["judged"] for row in rows}
    assert (held["l000"], held["l001"], held["l036"]) == ("confirmed", "rejected", "")
    assert "rejected" in said(capsys, judged, "lead", "l001")[0].splitlines()[0]
