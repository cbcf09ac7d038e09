"""Commands that work: start a workspace, collect files, run the stages, write a report, show it all on shipped data."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, progress, table, words

Kind = Literal["posts", "accounts", "payments", "bookings", "pictures", "incidents"]


def start(
    folder: Path,
    /,
    *,
    name: Annotated[str, Parameter(help="what the workspace is about")] = "",
    country: Annotated[str, Parameter(help="country of phones and places where nothing else says, like PH")] = "",
    timezone: Annotated[str, Parameter(help="time zone of times that name none, like Asia/Manila")] = "UTC",
) -> None:
    """Make an empty workspace in a folder."""
    from undertow.workspace import Workspace

    made = Workspace.start(folder, name=name, country=country, timezone=timezone)
    line(str(made.root))
    words(f"next: `undertow collect FILES... -w {folder}`. Back up originals/, decisions.sqlite and secret.key.")


def collect(
    files: Annotated[list[Path], Parameter(help="files, archives and folders, as you received them")],
    /,
    *,
    kind: Annotated[Kind | None, Parameter(help="what the records are, where the columns leave it open")] = None,
    post_kind: Annotated[str, Parameter(help="what the posts are: ad, social, message, job, review, page")] = "",
    site: Annotated[str, Parameter(help="the site they come from")] = "",
    country: Annotated[str, Parameter(help="their country, like PH")] = "",
    map_: Annotated[
        list[str] | None, Parameter(name="--map", help="a field and its column: posted_at=fecha (repeatable)")
    ] = None,
    mapping: Annotated[Path | None, Parameter(help="a mapping saved with --save-mapping")] = None,
    save_mapping: Annotated[Path | None, Parameter(help="write the mapping used, for the next file like this")] = None,
    origin: Annotated[str, Parameter(help="from whom or where the files came")] = "",
    collector: Annotated[str, Parameter(help="who collects; else the setting, else this login")] = "",
    lawful_basis: Annotated[str, Parameter(help="on what basis they are held; else the setting")] = "",
    dry_run: Annotated[bool, Parameter(negative=(), help="show the mapping and the first rows; write nothing")] = False,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Keep files under their hash and read their records. What cannot be read is in `undertow rejects`."""
    from undertow.cli.collecting import show

    with progress() as emit:
        summary = workspace(workspace_).collect(
            files,
            kind=kind or "",
            post_kind=post_kind,
            site=site,
            country=country,
            columns=dict(_pair(one) for one in map_ or ()),
            mapping=mapping,
            save_mapping=save_mapping,
            origin=origin,
            collector=collector,
            lawful_basis=lawful_basis,
            dry_run=dry_run,
            emit=emit,
        )
    as_json(summary) if json else show(summary)


def run(
    *,
    engine: Annotated[
        Literal["duckdb", "spark"], Parameter(help="duckdb on this machine, or Apache Spark; the tables are the same")
    ] = "duckdb",
    master: Annotated[
        str, Parameter(help="Spark's cluster: spark://host:7077, yarn, k8s://...; else this machine as local[*]")
    ] = "",
    conf: Annotated[
        list[str] | None, Parameter(negative=(), help="a setting of Spark's: spark.executor.memory=8g (repeatable)")
    ] = None,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """Run all machine stages over what was collected: extract, match, link, assess."""
    place = workspace(workspace_)
    settings = dict(_pair(one, "--conf", "spark.executor.memory=8g") for one in conf or ())
    with progress() as emit:
        done = place.run(engine=engine, master=master, conf=settings, emit=emit)
    if json:
        as_json(done)
        return
    table([{"table": name, "rows": rows} for name, rows in done.rows.items()], ["table", "rows"])
    words(f"run {done.run} ended well in {sum(done.seconds.values()):.1f} s, with the weights {done.weights}")
    words("next: `undertow leads`, `undertow report --html`")


def report(
    lead_id: Annotated[str, Parameter(help="a lead; without it, an overview of all")] = "",
    /,
    *,
    html: Annotated[bool, Parameter(negative=(), help="write one HTML file that opens without a network")] = False,
    pdf: Annotated[bool, Parameter(negative=(), help="write a PDF")] = False,
    redact: Annotated[bool, Parameter(negative=(), help="mask selectors and names, for others to read")] = False,
    output: Annotated[
        Path | None, Parameter(name=["--output", "-o"], help="where to write; else exports/ in the workspace")
    ] = None,
    workspace_: Where = None,
) -> None:
    """Write a report: the lead's reasons, its template over real rows, its network, time line and evidence."""
    place = workspace(workspace_)
    formats: list[Literal["html", "pdf"]] = []
    if html or not pdf:
        formats.append("html")
    if pdf:
        formats.append("pdf")
    for path in place.report(lead_id, formats=formats, redact=redact, output=output):
        line(str(path))


def demo(
    folder: Annotated[Path, Parameter(help="where the demonstration's workspace goes")] = Path("demo"),
    /,
) -> None:
    """Show the whole of it on real data that ships with Undertow, and say what to open and do next."""
    from undertow.demo import demonstrate

    with progress() as emit:
        said = demonstrate(folder, emit)
    for text in said:
        line(text)


def _pair(text: str, option: str = "--map", example: str = "posted_at=fecha") -> tuple[str, str]:
    from undertow.errors import UserError

    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UserError(f"{option} {text} is not NAME=VALUE", hint=f"write for instance {option} {example}")
    return name, value
