"""Runs the workbench on this machine until it is stopped."""

import socket
import webbrowser
from collections.abc import Callable

from undertow.errors import UserError
from undertow.review.sessions import Sessions
from undertow.web.app import workbench
from undertow.web.security import address, loopback
from undertow.workspace import Workspace


def serve(workspace: Workspace, host: str, port: int, *, open_: bool, say: Callable[[str], None]) -> None:
    """Serves the workspace; `say` hears the link that signs in once. Port 0 takes a free one.

    Raises `UserError` where the host can be reached from outside or the port is taken.
    """
    import uvicorn

    with _listening(loopback(host), port) as held:
        at = address(host, held.getsockname()[1])
        link = f"http://{at}/enter/{Sessions(workspace.decisions.path).link()}"
        say(link)
        if open_:
            webbrowser.open(link)
        app = workbench(workspace, {at})
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[held])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
        held.listen()  # who opens the link at once waits, and is not refused
    except OSError as error:
        held.close()
        raise UserError(f"port {port} of {host} is taken", hint="choose another with --port, or 0 for any") from error
    return held
