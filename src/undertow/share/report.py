"""Renders a report into one HTML file that opens anywhere and loads nothing, and into PDF."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from undertow.errors import OutsideError, UserError
from undertow.share import show, words
from undertow.share.contract import Report
from undertow.share.drawing import short
from undertow.share.view import colour, named, pattern, slotted, view

INSTALL = 'pip install "undertow[pdf]"'
PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def render_html(report: Report) -> str:
    """The report as one HTML file: no script, no link to anywhere, everything from the data escaped."""
    environment = _environment()
    files = report.overview.originals if report.overview else ()
    held = [original.marking for original in files]
    held += [record.original.marking for page in report.pages for record in page.records]
    held += [report.case.marking, *(one.record.original.marking for one in report.case.cited)] if report.case else []
    if report.case:
        heading = show.plain(report.case.title, 200)
    elif report.overview:
        heading = f"{words.many(report.overview.counts['leads'], 'lead')}"
    else:
        heading = words.title(report.pages[0].lead) if report.pages else "Nothing to report"
    style, _, _ = environment.loader.get_source(environment, "style.css")  # type: ignore[union-attr]
    text = environment.get_template("report.html.j2").render(
        report=report, style=Markup(style), marking=words.strictest(held), heading=heading
    )
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


def render_pdf(html: str) -> bytes:
    """The HTML of a report as PDF, on A4 with page numbers; needs the extra `pdf` and Pango."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError as error:
        raise UserError(
            "PDF needs an extra package that is not installed", hint=f"install it with `{INSTALL}`"
        ) from error
    except OSError as error:
        raise OutsideError(
            f"PDF needs the Pango libraries of the system: {str(error).splitlines()[0]}",
            hint=f"on Debian and Ubuntu: `{PANGO}`; elsewhere see WeasyPrint's installation page. HTML works without",
        ) from error
    made: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()
    return made


def _said(text: str, most: int = 400, *, link: bool = False) -> Markup:
    """A text from the data on its own: its direction ends with it, and it may break anywhere."""
    shown = show.plain(text, most, link=link)
    return Markup("<bdi>{}</bdi>").format(shown) if shown else Markup()


def _word(shelf: str, name: str) -> Markup:
    return _said(words.word(shelf, name), 60)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("undertow.share"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        between=words.between,
        colour=colour,
        day=words.day,
        link_kinds=show.LINKS,
        many=words.many,
        markings=words.MARKINGS,
        minute=words.minute,
        moment=words.moment,
        named=named,
        pattern=pattern,
        percent=words.percent,
        plain=show.plain,
        told=str,
        points=words.points,
        said=_said,
        sentence=words.sentence,
        short=short,
        slotted=slotted,
        title=words.title,
        view=view,
        word=_word,
    )
    return made
