"""Passwords as Argon2id, with the library's parameters (RFC 9106, low memory), and one-time codes (RFC 6238)."""

import secrets
import time
from functools import cache
from threading import BoundedSemaphore

from undertow.errors import UserError

LEAST = 12  # letters: NIST SP 800-63B-4 asks for 8 beside a second factor, 15 alone; a guess in between
STEP = 30  # seconds that a code stands for
_AT_ONCE = BoundedSemaphore(2)  # each check takes 64 MiB: who guesses must not fill the memory


def hashed(password: str, name: str = "") -> str:
    """The password as it is stored; raises `UserError` where it is too short, too plain or holds the name."""
    from argon2 import PasswordHasher

    if len(password) < LEAST:
        raise UserError(f"a password has {LEAST} letters or more", hint="four words in a row are easy to keep")
    if len(set(password)) < 5 or (name and name.casefold() in password.casefold()):
        raise UserError("this password is too easy to guess", hint="four words in a row are easy to keep")
    with _AT_ONCE:
        return PasswordHasher().hash(password)


def fits(held: str, password: str) -> bool:
    """Whether it is the password; takes as long where `held` is "" as where it is not."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        with _AT_ONCE:
            return PasswordHasher().verify(held or _nobody(), password) and bool(held)
    except (VerificationError, InvalidHashError):
        return False


def made() -> str:
    """A first password, of 80 random bits."""
    return "-".join(secrets.token_hex(2) for _ in range(5))


def code_key() -> str:
    """A key for one-time codes."""
    import pyotp

    return pyotp.random_base32()


def key_link(key: str, name: str) -> str:
    """The key as authenticator apps read it."""
    import pyotp

    return pyotp.TOTP(key).provisioning_uri(name=name, issuer_name="Undertow")


def step(key: str, code: str) -> int:
    """The thirty seconds that this code is for, or 0; one step early or late is let pass (RFC 6238, 5.2)."""
    import pyotp

    now, digits = int(time.time()) // STEP, "".join(code.split())
    of = pyotp.TOTP(key)
    fitting = (at for at in (now, now - 1, now + 1) if secrets.compare_digest(of.at(at * STEP), digits or "-"))
    return next(fitting, 0) if digits.isascii() else 0


@cache
def _nobody() -> str:
    return hashed(secrets.token_urlsafe(16))
