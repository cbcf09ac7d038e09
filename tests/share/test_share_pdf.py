"""The PDF: A4 pages with numbers, the same bytes each time, and a clear word where it cannot be made."""

import builtins
import re
import zlib
from typing import Any

import pytest
from tests.share import world

from undertow.errors import OutsideError, UserError
from undertow.share import build, report


@pytest.fixture(scope="module")
def weasyprint() -> None:
    try:
        import weasyprint as _  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"WeasyPrint does not load here: {str(error).splitlines()[0]}")


@pytest.fixture(scope="module")
def html() -> str:
    whole, part = build.readers(world.tables())
    return report.render_html(build.lead_report(whole, part, world.LEAD, provenance=world.MADE, points=world.POINTS))


@pytest.mark.slow
@pytest.mark.usefixtures("weasyprint")
def test_a_pdf_has_pages_of_a4_and_is_the_same_each_time(html: str) -> None:
    made = report.render_pdf(html)
    assert made.startswith(b"%PDF") and len(re.findall(rb"/MediaBox ?\[0 0 595\.\d+ 841\.\d+\]", _unpacked(made))) > 3
    assert report.render_pdf(html) == made


@pytest.mark.usefixtures("weasyprint")
def test_a_pdf_fetches_nothing(caplog: pytest.LogCaptureFixture) -> None:
    made = report.render_pdf('<p>text<img src="https://evil.example/x.png"><img src="file:///etc/hostname">')
    assert made.startswith(b"%PDF")
    assert sum("disallowed protocol" in record.getMessage() for record in caplog.records) == 2


def test_without_the_package_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _break_import(monkeypatch, ImportError("no module"))
    with pytest.raises(UserError) as raised:
        report.render_pdf("<p>")
    assert 'pip install "undertow[pdf]"' in raised.value.hint


def test_without_the_systems_libraries_their_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _break_import(monkeypatch, OSError("cannot load library 'libpango-1.0-0'"))
    with pytest.raises(OutsideError) as raised:
        report.render_pdf("<p>")
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in raised.value.hint


def _unpacked(pdf: bytes) -> bytes:
    """The objects of a PDF, those in compressed streams too."""
    streams = re.findall(rb"/Type ?/ObjStm.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompress(stream) for stream in streams)


def _break_import(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    real = builtins.__import__

    def broken(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise error
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", broken)
