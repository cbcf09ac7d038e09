"""Runs the workbench until it is stopped: for one person on this machine, or for a team behind TLS."""

import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from undertow.errors import UserError
from undertow.review.people import People
from undertow.review.sessions import Sessions
from undertow.web.app import workbench
from undertow.web.security import address, loopback
from undertow.workspace import Workspace

GUIDE = "the guide to the workbench says how a team sets it up"


@dataclass(frozen=True, slots=True)
class Team:
    """How a team reaches the workbench: `at` is the address in their browsers, with https.

    TLS ends here, with the files `certificate` and `key`, or in a proxy on this machine, where they are None.
    """

    at: str
    certificate: Path | None = None
    key: Path | None = None


def serve(workspace: Workspace, host: str, port: int, *, open_: bool, say: Callable[[str], None]) -> None:
    """Serves the workspace to one person; `say` hears the link that signs in once. Port 0 takes a free one.

    Raises `UserError` where the host can be reached from outside or the port is taken.
    """
    with _listening(loopback(host), port) as held:
        at = address(host, held.getsockname()[1])
        link = f"http://{at}/enter/{Sessions(workspace.decisions.path).link()}"
        say(link)
        if open_:
            webbrowser.open(link)
        _run(workbench(workspace, {at}), held)


def serve_team(workspace: Workspace, host: str, port: int, team: Team, *, say: Callable[[str], None]) -> None:
    """Serves the workspace to the people that are set up; `say` hears the address where they sign in.

    Raises `UserError` where nobody can administer, the address is not https, or it would go over a wire unprotected.
    """
    name = checked(workspace, host, team)
    with _listening(host, port) as held:
        say(f"https://{name}/sign-in")
        files = {"ssl_certfile": team.certificate, "ssl_keyfile": team.key} if team.certificate else {}
        _run(workbench(workspace, {name}, team=True, scheme="https"), held, **files)


def checked(workspace: Workspace, host: str, team: Team) -> str:
    """Name and port of the address that a team uses; raises `UserError` where it may not be served there."""
    able = [one for one in People(workspace.audit).all() if "administrator" in one.roles and not one.closed]
    if not able:
        raise UserError("there are no people yet", hint="`undertow people add NAME --role administrator` first")
    parts = urlsplit(team.at)
    if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/"):
        raise UserError("a team needs an address with https", hint=f"--at https://workbench.example; {GUIDE}")
    if bool(team.certificate) != bool(team.key):
        raise UserError("a certificate and its key go together", hint="give both --certificate and --key")
    if not team.certificate:
        try:
            loopback(host)
        except UserError as error:
            hint = "give --certificate and --key, or leave --host out and let a proxy on this machine do TLS"
            raise UserError(f"{host} can be reached from outside, and nothing protects the wire", hint=hint) from error
    for file in (team.certificate, team.key):
        if file and not file.is_file():
            raise UserError(f"{file} is no file", hint="give --certificate and --key as PEM files")
    return parts.netloc.removesuffix(":443")


def _run(app: Any, held: socket.socket, **files: Any) -> None:
    """Of who sits behind a proxy only a proxy on this machine is believed."""
    import uvicorn

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, forwarded_allow_ips="127.0.0.1,::1", **files
    )
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
