"""Every export is written the same at any time, and read by `collect` to its last record."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from undertow import plugins
from undertow.simulate.drafts import Draft, Who
from undertow.simulate.exporting import Export
from undertow.workspace import Workspace

EXPORTS = plugins.load("undertow.simulate.exports", Export)
WHO = Who("ana-1", "ana-1", "seller", "seller")
TEXT = {
    "title": "Room, quiet",
    "text": 'A room; "sunny",\nnear the park',
    "place_text": "Leeds",
    "url": "https://a.example/1",
}
FIELDS = {
    "accounts_jsonl": {
        "handle": "ana",
        "phone": "+442079460018",
        "email": "a@mail.example",
        "device": "d1",
        "ip": "203.0.113.1",
    },
    "bank_csv": {"payer": "Ana", "payee": "Ben", "amount": "12.50", "currency": "GBP", "text": "rent"},
    "bookings_csv": {"traveller": "Ana", "payer": "Ben", "origin_text": "Leeds", "destination_text": "Cardiff"},
    "pictures_csv": {"scene": "7", "way": "cropped", "post": "https://a.example/1"},
}
TABLES = {"accounts_jsonl": "accounts", "bank_csv": "payments", "bookings_csv": "bookings", "pictures_csv": "pictures"}


def drafts(name: str) -> list[Draft]:
    table = TABLES.get(name, "incidents" if name == "incidents_xlsx" else "posts")
    fields = FIELDS.get(name, TEXT | {"account": "ana"})
    return [Draft(table, "a.example", 1_770_000_000.0 + 3600 * n, WHO, fields, place="Ana 1") for n in range(3)]


@pytest.mark.parametrize("name", EXPORTS)
def test_collect_reads_every_record_of_an_export_at_the_place_that_it_says(name: str, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    written = {place for _, _, place in EXPORTS[name].write(tmp_path / "files", "some", drafts(name))}
    workspace = Workspace.start(tmp_path / "w")
    workspace.collect([tmp_path / "files"])
    rows = workspace.table(drafts(name)[0].table).to_pylist()
    assert {row["position"] for row in rows} == written
    assert len(rows) == 3
    assert workspace.rejects().num_rows == 0


def test_a_workbook_does_not_tell_when_it_was_written(tmp_path: Path) -> None:
    list(EXPORTS["incidents_xlsx"].write(tmp_path, "some", drafts("incidents_xlsx")))
    with ZipFile(tmp_path / "some.xlsx") as held:
        assert held.read("docProps/core.xml").count(b">2026-01-01T00:00:00Z<") == 2
