"""How `undertow collect` shows what it found."""

from typing import TYPE_CHECKING

from undertow.cli.output import line, table, words

if TYPE_CHECKING:
    from undertow.collect.summary import Preview, Summary


def show(summary: "Summary") -> None:
    """Prints what became of every file, or, for a dry run, how each would be read."""
    for preview in summary.previews:
        _preview(preview)
    rows = [
        {
            "file": report.name,
            "state": report.status,
            "read as": ", ".join(report.sources),
            "records": ", ".join(f"{count:,} {name}" for name, count in report.rows.items()),
            "rejects": sum(report.rejects.values()),
        }
        for report in summary.files
    ]
    table(rows, ["file", "state", "read as", "records", "rejects"], wide="file")
    for report in summary.files:
        for note in report.notes:
            line(f"{report.name}: {note}")
    for reason, count in summary.rejects.items():
        words(f"{count:,} rejected: {reason}")
    states = ", ".join(f"{count:,} {name}" for name, count in summary.status.items())
    words(
        f"{len(summary.files):,} files: {states or 'none'}"
        + ("; `undertow rejects` lists what could not be read" if summary.rejects else "")
    )


def _preview(preview: "Preview") -> None:
    where = f"{preview.file} {preview.part}".strip()
    line(
        f"{where}: read by {preview.source} as {preview.plan.table}"
        + (f" ({preview.plan.kind})" if preview.plan.kind else "")
    )
    table(
        [{"field": one.field, "column": one.column, "because": one.why} for one in preview.plan.choices],
        ["field", "column", "because"],
    )
    if preview.plan.unmapped:
        line("kept in extra: " + ", ".join(preview.plan.unmapped))
    fields = [one.field for one in preview.plan.choices]
    table([{name: str(row.get(name, ""))[:60] for name in fields} for row in preview.rows], fields)
