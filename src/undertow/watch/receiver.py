"""One address that is told of alerts, signed as Standard Webhooks says (standardwebhooks.com, version 1)."""

import base64
import binascii
import hashlib
import hmac
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson

from undertow.errors import UserError

SECONDS = 10.0  # that the address may be silent within one request
_PREFIX = "whsec_"
_KEY = range(24, 65)  # bytes of a secret, as the standard has it
_SAYS_NOTHING_OF_A_PERSON = ("id", "kind", "subject", "news", "run")
_SAYS_WHY = ("why", "records")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where alerts are posted, with what secret they are signed, and whether the sentence and record ids go along."""

    url: SplitResult
    key: bytes
    why: bool = False
    seconds: float = SECONDS

    @property
    def host(self) -> str:
        """The address as it may be said: what stands behind the host can be a secret."""
        return self.url.netloc

    def post(self, alert: Mapping[str, Any], at: int) -> str:
        """Posts one alert at a time (seconds since 1970); gives what was wrong, '' where it was taken (2xx).

        Goes to this address alone: no redirect is followed, no proxy of the environment is used.
        """
        body = self.body(alert)
        headers = {
            "content-type": "application/json",
            "user-agent": "undertow",
            "webhook-id": alert["id"],
            "webhook-timestamp": str(at),
            "webhook-signature": signature(self.key, alert["id"], at, body),
        }
        connection = self._connection()
        try:
            connection.request("POST", self._target, body, headers)
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            return str(getattr(error, "strerror", "") or error or type(error).__name__)
        finally:
            connection.close()
        if 300 <= status < 400:
            return f"answers {status}: redirects are not followed"
        return "" if 200 <= status < 300 else f"answers {status}"

    def body(self, alert: Mapping[str, Any]) -> bytes:
        """What is posted of an alert: ids and counts, and only where it was asked for, the sentence and record ids."""
        names = (*_SAYS_NOTHING_OF_A_PERSON, *(_SAYS_WHY if self.why else ()))
        said = {name: alert[name] for name in names if name in alert}
        return orjson.dumps({"type": f"alert.{alert.get('kind', '')}", "timestamp": alert.get("at"), "data": said})

    @property
    def _target(self) -> str:
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")

    def _connection(self) -> HTTPConnection:
        host = self.url.hostname or ""
        if self.url.scheme == "http":
            return HTTPConnection(host, self.url.port, timeout=self.seconds)
        return HTTPSConnection(host, self.url.port, timeout=self.seconds, context=ssl.create_default_context())


def signature(key: bytes, webhook_id: str, at: int, body: bytes) -> str:
    """The value of `webhook-signature`: HMAC-SHA256 over id, time and body."""
    made = hmac.digest(key, f"{webhook_id}.{at}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(made).decode("ascii")


def receiver(url: str, secret: Path, *, why: bool = False) -> Receiver:
    """Checks an address and reads its secret; raises `UserError` where one cannot be used."""
    return Receiver(_address(url), _key(secret), why)


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and url.isascii() and url.isprintable() and " " not in url
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https") or parts.fragment:
        raise UserError(f"{url!r} is no address of a webhook", hint="write it as https://host/path")
    if parts.username is not None or parts.password is not None:
        raise UserError("the address of the webhook holds a name or password", hint="a signature stands in its place")
    if parts.scheme == "http" and not _is_here(parts.hostname or ""):
        raise UserError("alerts are not sent unencrypted", hint="use https; http goes to this machine only (127.0.0.1)")
    return parts


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _key(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise UserError(f"others may read {path}", hint=f"chmod 600 {path}, and make a new secret if they did")
            text = file.read(1000).decode("ascii").strip().removeprefix(_PREFIX)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", hint="name a file with --webhook-secret") from error
    except UnicodeDecodeError:
        text = ""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) not in _KEY:
        raise UserError(
            f"{path} holds no secret", hint="it is 24 to 64 random bytes in base64: openssl rand -base64 32"
        )
    return key
