"""The command that opens the workbench."""

from typing import Annotated

from cyclopts import Parameter

from undertow.cli.common import Where, workspace
from undertow.cli.output import line, words


def serve(
    *,
    host: Annotated[str, Parameter(help="an address of this machine that nobody else reaches")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="0 takes a free one")] = 8765,
    open_: Annotated[bool, Parameter(name="--open", negative=(), help="open it in the browser")] = False,
    workspace_: Where = None,
) -> None:
    """Open the workbench: inbox, leads, records, search and audit trail in a browser on this machine."""
    from undertow.web.serving import serve as serve_

    place = workspace(workspace_)
    words("the workbench is for this machine alone; Ctrl-C ends it. The link holds once, for 15 minutes:")
    serve_(place, host, port, open_=open_, say=lambda link: line(link, now=True))
