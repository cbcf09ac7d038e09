"""The command line: data on stdout, words on stderr, an exit code that says who must act."""

import json
import sys
from pathlib import Path

import pytest

from undertow.cli.app import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        main(list(arguments))
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "case")
    assert run(capsys, "start", folder, "--country", "PH")[0] == 0
    (tmp_path / "posts.csv").write_text("texto,fecha\nRoom to let,03/04/2026\nCook wanted,04/05/2026\n", "utf-8")
    return folder


def test_a_dry_run_prints_the_mapping_and_writes_nothing(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "collect", str(tmp_path / "posts.csv"), "--dry-run", "-w", case)
    assert code == 0
    assert "texto" in out
    assert "Room to let" in out
    assert list((Path(case) / "originals").iterdir()) == []


def test_collecting_twice_adds_nothing(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for state in ("collected", "known"):
        out = run(capsys, "collect", str(tmp_path / "posts.csv"), "--json", "-w", case)[1]
        assert json.loads(out)["files"][0]["status"] == state


@pytest.mark.parametrize("command", ["leads", "rejects", "settings"])
def test_a_table_is_json_where_it_is_asked_for(case: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, command, "--json", "-w", case)
    assert code == 0
    assert isinstance(json.loads(out), list)


@pytest.mark.parametrize(
    "arguments",
    [
        ("leads", "-w", "nowhere"),
        ("frobnicate",),
        ("leads", "--tops", "3"),
        ("collect", "nothing-here.csv"),
    ],
)
def test_a_mistake_of_the_user_is_code_2_with_a_hint(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert "hint: " in err


def test_an_unknown_lead_is_said(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "lead", "l000", "-w", case)
    assert code == 2
    assert "no lead l000" in err


def test_the_doctor_finds_a_changed_original(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "collect", str(tmp_path / "posts.csv"), "-w", case)
    assert run(capsys, "doctor", "-w", case)[0] == 0
    original = next(path for path in (Path(case) / "originals").rglob("*") if path.is_file())
    original.chmod(0o644)
    original.write_text("changed", "utf-8")
    code, out, _ = run(capsys, "doctor", "-w", case)
    assert code == 3
    assert "missing or changed" in out


def test_control_characters_in_evidence_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from undertow.cli.output import line

    line("red \x1b[31m alert")
    assert "\x1b" not in capsys.readouterr().out


def test_the_workspace_may_be_named_before_the_command(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "-w", case, "leads", "--json")
    assert code == 0
    assert json.loads(out) == []


def test_the_doctor_says_how_to_get_spark(case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pyspark", None)
        code, out, _ = run(capsys, "doctor", "-w", case)
    assert code == 0
    assert 'pip install "undertow[spark]"' in out


@pytest.mark.parametrize("arguments", [("--master", "local[2]"), ("--conf", "spark.executor.memory=1g")])
def test_what_is_sparks_is_refused_without_spark(
    case: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "run", *arguments, "-w", case)
    assert code == 2
    assert "--engine spark" in err


def test_a_setting_of_sparks_without_a_value_is_refused(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "run", "--engine", "spark", "--conf", "spark.executor.memory", "-w", case)
    assert code == 2
    assert "--conf spark.executor.memory=8g" in err
