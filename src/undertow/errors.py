"""Errors that say who must act and what to do next; the class sets the exit code."""

from typing import ClassVar


class UndertowError(Exception):
    """Something went wrong in Undertow itself; every other error is a kind of this one."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UserError(UndertowError):
    """The person at the keyboard can put this right: a wrong path, value or setting."""

    exit_code = 2


class BusyError(UserError):
    """Another run is at work in the workspace; it ends, and then the same call goes well."""


class OutsideError(UndertowError):
    """The outside world failed: a full disk, a file that cannot be read, a missing program."""

    exit_code = 3


class PluginError(UndertowError):
    """A plug-in broke its contract or raised; its name is in the message."""

    exit_code = 4
