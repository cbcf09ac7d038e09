"""Commands that keep house: what could not be read, the settings, and whether all is well."""

from typing import Annotated

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, table, words


def rejects(
    *,
    top: Annotated[int, Parameter(help="how many to print; 0 is all")] = 50,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """List what could not be read, with its place and the reason."""
    found = workspace(workspace_).rejects().to_pylist()
    if json:
        as_json(found)
        return
    if not found:
        words("nothing was rejected")
        return
    shown = found[:top] if top else found
    table(shown, ["file", "position", "stage", "reason", "excerpt"], wide="reason")
    words(
        f"{len(found):,} rejects"
        + (f"; the first {len(shown)} are shown (`--top 0` shows all)" if len(shown) < len(found) else "")
    )


def settings(
    *,
    template: Annotated[bool, Parameter(negative=(), help="print a workspace.toml with every default")] = False,
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """List every setting with its value, default and meaning; they are changed in workspace.toml."""
    from undertow import settings as settings_

    if template:
        line(settings_.template().rstrip("\n"))
        return
    rows = settings_.listed(workspace(workspace_).settings)
    if json:
        as_json(rows)
    else:
        table(rows, ["setting", "value", "default", "meaning"], wide="meaning")


def doctor(*, json: Json = False, workspace_: Where = None) -> None:
    """Check this installation and the workspace: libraries, plug-ins, originals, tables, decisions."""
    from undertow.doctor import check

    found = check(workspace_)
    if json:
        as_json([{"check": one.name, "state": one.state, "says": one.says} for one in found])
    else:
        table(
            [{"check": one.name, "state": one.state, "says": one.says} for one in found],
            ["check", "state", "says"],
            wide="says",
        )
    if any(one.state == "broken" for one in found):
        raise SystemExit(3)
