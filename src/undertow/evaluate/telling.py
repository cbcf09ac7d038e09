"""An evaluation in words and cells: what stands above the figures, and how a figure is written."""

from collections.abc import Iterator, Mapping

from undertow.evaluate.contract import About, Coverage, Figure

MADE_UP = "Figures from a made-up world show cost, regressions and failure modes; they are no truth about the real one."
_LONG = ("false_alarms.any_band", "false_alarms.top_50", "false_alarms.wrong_lead")  # by group: on the page, in JSON
_FILES = 10  # named at most
_NEVER = "rules and weights were never tuned on this family"


def about(what: About) -> Iterator[str]:
    """What was measured against what, and how far the truth can be trusted."""
    if what.kind == "labels":
        yield f"Measured against labels (sha256 {what.truth[:16]})."
    else:
        family, seed = what.family or "not stated", what.seed or "not stated"
        yield f"Measured against a made-up world: family {family}, seed {seed}."
        yield _held_out(what)
        yield MADE_UP
        yield from _seal(what)
    yield f"Latest run: {what.run}." if what.run else "No run yet."


def _held_out(what: About) -> str:
    if what.held_out is None:
        return "The truth does not say whether rules were tuned on this family."
    return f"Held out: {_NEVER}." if what.held_out else "Not held out: rules and weights may be tuned on this family."


def _seal(what: About) -> Iterator[str]:
    if not what.sealed:
        yield "The world has no seal: nothing shows that its files are as they were made."
    elif what.broken:
        named = ", ".join(what.broken[:_FILES]) + (", ..." if len(what.broken) > _FILES else "")
        yield f"THE SEAL IS BROKEN: {len(what.broken):,} files are missing or changed: {named}."


def coverage(what: Coverage) -> Iterator[str]:
    """How far truth and workspace speak of the same records."""
    yield f"{what.found:,} of {what.true:,} true records are in the workspace; {what.missing:,} are missing."
    if what.missing and not what.notes:
        yield "Missing in: " + _named(what.missing_in) + "."
    yield from (note + "." for note in what.notes)
    if what.unknown:
        yield f"{what.unknown:,} records of the workspace are not in the truth; they are left out."


def _named(files: Mapping[str, int]) -> str:
    first = sorted(files.items(), key=lambda one: (-one[1], one[0]))
    rest = f" and {len(first) - _FILES:,} other files" if len(first) > _FILES else ""
    return ", ".join(f"{name} ({count:,})" for name, count in first[:_FILES]) + rest


def number(value: float | None) -> str:
    """A value with the places that it deserves: whole numbers bare, shares with four, what is larger with one."""
    if value is None:
        return "-"
    if value == int(value) and abs(value) > 1:
        return f"{value:,.0f}"
    return f"{value:,.4f}" if abs(value) < 10 else f"{value:,.1f}"


def main(figure: Figure) -> bool:
    """Whether a figure belongs in a short table: neither without a value, nor one of many of its kind."""
    many = figure.group.startswith(("site=", "bin=")) or (figure.name in _LONG and "=" in figure.group)
    return figure.value is not None and not many


def row(figure: Figure) -> dict[str, object]:
    """A figure as the cells of a table."""
    known = figure.low is not None and figure.high is not None
    return {
        "name": figure.name,
        "group": figure.group,
        "value": number(figure.value),
        "interval": f"{number(figure.low)} to {number(figure.high)}" if known else "",
        "n": figure.n,
        "note": figure.note,
    }
