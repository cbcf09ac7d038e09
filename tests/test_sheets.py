"""What a person opens in a spreadsheet runs no formula, and gives every value back."""

import ast
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow import sheets
from undertow.sheets import as_csv, guarded, unguarded

ROOT = Path(__file__).resolve().parents[1] / "src" / "undertow"
PARSED = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}
RUN = "=cmd|' /C calc'!A0"
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−"]
LEADS = ["", '"', "'", "\"'", " ", "\u00a0", "\ufeff", "\u200b", "\u202e", "\x00", "\t", "“", "`"]
WRITERS = {
    "csv.writer", "DictWriter", "to_csv", "write_csv", "sink_csv", "CSVWriter", "Workbook", "to_excel", "write_excel",
    "ExcelWriter", "xlsxwriter", "xlwt", "odf", "ezodf", "pyexcel",
}  # fmt: skip
AS_OTHERS_WRITE = ("simulate/delimited.py", "simulate/exports/incidents_xlsx.py")
"""Made-up worlds stand for files of other programs, byte for byte, and hold no stranger's text."""


@pytest.mark.parametrize("lead", LEADS, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_cell_that_would_run_begins_with_an_apostrophe(sign: str, lead: str) -> None:
    text = f"{lead}{sign}1+1"
    assert str(guarded(text)).startswith("'")
    assert unguarded(str(guarded(text))) == text


@pytest.mark.parametrize("cut", [";", "\t", "\n", "\r\n", "\u2028"], ids=ascii)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_a_text_that_another_country_cuts_into_cells_runs_in_none(cut: str, sign: str) -> None:
    told = str(guarded(f"rooms{cut}{sign}1+1;ok"))
    assert all(not cell.startswith(sign) for cell in told.replace(cut, ";").split(";"))


@pytest.mark.parametrize("value", [5, -5, -0.5, True, None, "Cebu", "a=b", "a - b", "x@y.example", ""])
def test_what_runs_nothing_stays_as_it_is(value: object) -> None:
    assert guarded(value) == value


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("=+-@'\";\t\r\n ＝\ufeff"))))
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(str(guarded(text))) == text


@given(st.text(alphabet="=+-@'\";\t\r\n, ab＝"))
def test_every_text_comes_back_out_of_a_file(text: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(["id", "text"], [{"id": 1, "text": text}]), newline="")))
    assert unguarded(rows[1][1]) == text


@given(st.text(alphabet="=+-@'\"; ab\t\n", max_size=30))
def test_no_cell_of_a_file_begins_with_what_runs(text: str) -> None:
    told = as_csv([text], [{text: text}, {text: [text, 3]}])
    cells = [cell for row in csv.reader(io.StringIO(told, newline="")) for cell in row]
    assert [cell for cell in cells if cell.lstrip(" \"'")[:1] in tuple("=+-@") and not cell.startswith("'")] == []


def test_a_very_long_text_of_blanks_and_cuts_is_guarded_too() -> None:
    text = "\n " * 200_000 + "="
    assert unguarded(str(guarded(text))) == text


def named(tree: ast.AST) -> set[str]:
    """Every name that a module uses or imports; `writer` counts where the module knows CSV."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {part for alias in node.names for part in alias.name.split(".")}
            found |= set((getattr(node, "module", "") or "").split("."))
    return found | {"csv.writer"} if {"csv", "writer"} <= found else found


def strings(tree: ast.AST) -> str:
    return "\n".join(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


@pytest.mark.parametrize("path", [path for path in PARSED if path != "sheets.py" and path not in AS_OTHERS_WRITE])
def test_nothing_else_writes_what_a_spreadsheet_opens(path: str) -> None:
    """A new export of a table goes through `undertow.sheets`; this finds one that does not."""
    assert named(PARSED[path]) & WRITERS == set()
    assert "format csv" not in strings(PARSED[path]).lower()
    assert "text/csv" not in strings(PARSED[path]) or path.startswith(("collect/", "match/list_formats/"))


@pytest.mark.parametrize("path", AS_OTHERS_WRITE)
def test_the_search_for_writers_finds_those_that_stand_for_others(path: str) -> None:
    assert named(PARSED[path]) & WRITERS


def test_feedback_on_a_list_runs_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from undertow.cli import listing

    row = {"id": RUN, "raw_indicator": "+1 202 555 0123", "reactions": ["@a", "b"], "confirmed": 2}
    listing._feedback([row], as_csv=True)
    header, cells = csv.reader(io.StringIO(capsys.readouterr().out))
    assert cells == ["'" + RUN, "'+1 202 555 0123", "'@a b", "2"]
    assert dict(zip(header, map(sheets.unguarded, cells), strict=True))["id"] == RUN
