"""The command that opens the workbench."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from undertow.cli.common import Where, workspace
from undertow.cli.output import line, words
from undertow.errors import UserError


def serve(
    *,
    host: Annotated[str, Parameter(help="an address of this machine; without --team one that nobody else reaches")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, Parameter(help="0 takes a free one")] = 8765,
    open_: Annotated[bool, Parameter(name="--open", negative=(), help="open it in the browser")] = False,
    team: Annotated[bool, Parameter(negative=(), help="for the people of `undertow people`, who sign in")] = False,
    at: Annotated[str, Parameter(help="of --team: the address in their browsers, https://NAME")] = "",
    certificate: Annotated[Path | None, Parameter(help="of --team: a PEM file, where no proxy here does TLS")] = None,
    key: Annotated[Path | None, Parameter(help="of --team: the certificate's key, a PEM file")] = None,
    workspace_: Where = None,
) -> None:
    """Open the workbench in a browser: for one person on this machine, or with `--team` for people who sign in."""
    from undertow.web.serving import Team, serve_team
    from undertow.web.serving import serve as serve_

    place = workspace(workspace_)
    if team:
        words("people sign in here; Ctrl-C ends it:")
        serve_team(place, host, port, Team(at, certificate, key), say=lambda link: line(link, now=True))
        return
    if at or certificate or key:
        raise UserError("one person alone needs no certificate", hint="add --team")
    words("the workbench is for this machine alone; Ctrl-C ends it. The link holds once, for 15 minutes:")
    serve_(place, host, port, open_=open_, say=lambda link: line(link, now=True))
