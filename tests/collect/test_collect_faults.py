"""A folder of broken files ends well: every file is accounted for, in originals and rejects."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from tests.collect.conftest import Collect, Collected, collected

_CSV = b"title,text\nRoom,A room to let\n"
_INCOMPRESSIBLE = b"".join(b'{"text": "%d"}\n' % (number * 7919 % 100_003) for number in range(5000))


def _zip(*members: tuple[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()


FILES: dict[str, bytes] = {
    "binary.csv": bytes(range(256)) * 64,
    "cut.jsonl.gz": gzip.compress(_INCOMPRESSIBLE)[:-4000],
    "cut.json": b'[{"text": "A room to let"}, {"te',
    "empty.csv": b"",
    "blank.txt": b" \n\n",
    "endless.csv": _CSV + b"Work," + b"x" * 100_000_000 + b"\nKitchen,Cook wanted\n",
    "endless.json": b'[{"text": "A room to let"}, {"text": "' + b"x" * 30_000_000,
    "endless.jsonl": b'{"text": "' + b"x" * 30_000_000,
    "inner.zip": _zip(("inner.zip", _zip(("a.csv", _CSV))), ("fine.csv", _CSV + b"Bed,One bed\n")),
    "nul.csv": b"title,text\nRoom,A room\0 to let\n",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "program.txt": b"\x7fELF" + bytes(200),
    "quote.csv": _CSV + b'Work,"Cook wanted\nBed,One bed\n',
    "wide.csv": b",".join(b"c%d" % number for number in range(10_000)) + b"\n" + b",".join([b"x"] * 10_000) + b"\n",
    "wrong.csv": "title,text\nZimmer,Schönes Zimmer für Pendler, ruhig\n".encode("cp1252") + "Küche,Köchin\n".encode(),
    "zip.zip": b"PK\x03\x04 no archive",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "files" / "nothing here").mkdir(parents=True)
    for name, data in FILES.items():
        (folder / "files" / name).write_bytes(data)
    return collected(folder, folder / "files")


def test_every_file_is_kept_as_an_original(found: Collected) -> None:
    assert sorted(row["name"] for row in found.originals) == sorted(FILES)


def test_every_file_is_in_the_summary(found: Collected) -> None:
    assert sorted(report.name for report in found.summary.files) == sorted(FILES)


def test_every_file_gives_records_or_says_why_not(found: Collected) -> None:
    assert [report.name for report in found.summary.files if not report.rows and not report.rejects] == []


def test_counts_of_the_originals_are_those_of_the_tables(found: Collected) -> None:
    assert sum(row["rows"] for row in found.originals) == len(found.posts)
    assert sum(row["rejects"] for row in found.originals) == len(found.rejects)


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("binary.csv", 0, "no source reads this format"),
        ("blank.txt", 0, "nothing but blanks"),
        ("cut.json", 1, "the JSON breaks off or is not valid"),
        ("empty.csv", 0, "the file is empty"),
        ("endless.csv", 2, "refused: a line without end"),
        ("endless.json", 1, "the JSON breaks off or is not valid; refused: a value without end"),
        ("endless.jsonl", 0, "refused: a line without end"),
        ("inner.zip", 2, "refused: a zip archive inside another packed file; unpack the outer one first"),
        ("nul.csv", 1, ""),
        ("picture.csv", 0, "the picture cannot be decoded: UnidentifiedImageError"),
        ("program.txt", 0, "a program"),
        ("quote.csv", 2, "a quote that is never closed; the lines after it are read on their own"),
        ("wide.csv", 1, ""),
        ("wrong.csv", 2, ""),
        ("zip.zip", 0, "the zip archive cannot be read"),
    ],
)
def test_what_can_be_read_is_read_and_the_rest_is_said(found: Collected, name: str, rows: int, reason: str) -> None:
    [report] = [report for report in found.summary.files if report.name == name]
    assert sum(report.rows.values()) == rows
    assert "; ".join(report.rejects) == reason


def test_a_cut_gzip_gives_its_rows_before_the_cut_and_says_where_it_ends(found: Collected) -> None:
    [report] = [report for report in found.summary.files if report.name == "cut.jsonl.gz"]
    assert report.rows["posts"] > 100
    [where] = [row["position"] for row in found.rejects if "is cut" in row["reason"]]
    assert where.startswith("byte ")


def test_rejects_have_a_key(found: Collected) -> None:
    keys = [(row["original_id"], row["position"], row["stage"], row["reason"]) for row in found.rejects]
    assert len(set(keys)) == len(keys)


def test_a_file_that_may_not_be_read_is_said(files: Path, collecting: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    (files / "closed.csv").write_bytes(_CSV)
    real = Path.open

    def open_(self: Path, *args: object, **kwargs: object) -> object:  # the superuser is denied nothing by chmod
        if self.name == "closed.csv":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)
    assert collecting(files).reasons == ["the file cannot be read"]


def test_a_file_that_cannot_be_read_is_said(files: Path, collecting: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    (files / "bad sector.csv").write_bytes(_CSV)
    (files / "fine.csv").write_bytes(_CSV)
    real = Path.open

    def open_(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "bad sector.csv":
            raise OSError(5, "Input/output error")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)
    found = collecting(files)
    assert [(row["position"], row["reason"]) for row in found.rejects] == [
        ("bad sector.csv", "the file cannot be read")
    ]
    assert len(found.posts) == 1


def test_a_reader_that_fails_is_named_and_the_rest_goes_on(
    files: Path, collecting: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "a.jsonl").write_bytes(b'{"text": "one"}\n{"text": "two"}\n')
    (files / "b.csv").write_bytes(_CSV)
    monkeypatch.setattr("undertow.collect.sources.jsonl._records", lambda _lines: iter([1 // 0]))
    found = collecting(files)
    assert found.reasons == ["the jsonl reader could not go on: ZeroDivisionError"]
    assert len(found.posts) == 1
