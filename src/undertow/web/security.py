"""What stands before every page: only our own host and origin are answered, and a browser may load nothing of others.

Cookies do not know of ports, so another program on this machine could make a browser post here: hence the check of the
origin (OWASP's sheet on request forgery), beside the key that every form carries. The check of the host answers DNS
rebinding, where a foreign name leads here.
"""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from undertow.errors import UserError

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # others hear nothing; `no-referrer` would hide our own forms' origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
SAFE = ("GET", "HEAD")
MOST_BYTES = 512 * 1024  # of a form: the longest story, where each letter takes nine bytes


class Guard:
    """The app `within` behind its checks; `hosts` are the names and ports by which it may be called.

    `scheme` is what browsers speak to it; with https the requests are so for the app too, wherever TLS ends.
    """

    def __init__(self, within: ASGIApp, hosts: Collection[str], scheme: str = "http") -> None:
        self.within = within
        self.hosts = frozenset(hosts)
        self.scheme = scheme
        self.headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if scheme == "https" else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers or refuses one request; every answer carries the headers."""
        if scope["type"] == "lifespan":
            await self.within(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not spoken here")

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        status, why = refused(scope["method"], Headers(scope=scope), self.hosts, self.scheme)
        answer = PlainTextResponse(why, status) if status else self.within
        await answer({**scope, "scheme": self.scheme}, receive, headed)


def refused(method: str, headers: Headers, hosts: Collection[str], scheme: str) -> tuple[int, str]:
    """Status and reason where a request is not answered; 0 where it is."""
    host = headers.get("host", "")
    if host not in hosts:
        return 421, "this is not the address that the workbench was opened on"
    if method in SAFE:
        return 0, ""
    if headers.get("origin") != f"{scheme}://{host}":
        return 403, "a form of another page"
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return 411, "a form without a length"
    return (413, "a form that is too long") if int(length) > MOST_BYTES else (0, "")


def loopback(host: str) -> str:
    """The host, where nobody but this machine reaches it; raises `UserError` for any other."""
    try:
        inside = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = False
    if not inside:
        hint = "leave --host out, or serve a team: see `undertow serve --team` in the guide to the workbench"
        raise UserError(f"{host} can be reached from outside", hint=hint)
    return host


def address(host: str, port: int) -> str:
    """Host and port as a browser writes them."""
    made = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return urlsplit(f"http://{made}").netloc.removesuffix(":80")
