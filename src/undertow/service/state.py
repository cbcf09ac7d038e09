"""What the service holds while it runs: the lists, the keys, the processes that hash, and what is to be counted."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from sqlite3 import Error as SqliteError

from undertow.answering import Asked, Hashers, Lists, Match, Picture, PictureError, Service, UndertowError
from undertow.service.guard import Guard, Limits, Refused

LOG = logging.getLogger(__name__)
_INLINE = 4  # hashes looked up at once without a thread: less work than handing them over
_TROUBLE = (UndertowError, SqliteError, OSError)  # what a reading of the workspace may end with


@dataclass(slots=True)
class State:
    """One service; `ready` reads what is needed before the first question."""

    service: Service
    limits: Limits
    guard: Guard = field(init=False)
    lists: Lists = field(default_factory=Lists)
    hashers: Hashers = field(default_factory=Hashers)

    def __post_init__(self) -> None:
        self.guard = Guard(self.limits)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keeps lists, keys and counts fresh; at the end writes what was counted and ends the processes."""
        await asyncio.to_thread(self.refresh)
        task = asyncio.create_task(self._keep_fresh())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await asyncio.to_thread(self._write)
            self.hashers.close()

    def refresh(self) -> None:
        """Reads keys and lists as things stand, and writes what was counted."""
        self.guard.callers = self.service.callers()
        self.lists = self.service.lists(self.lists)
        self._write()

    async def look(self, some: Sequence[Asked]) -> dict[str, list[Match]]:
        """What each meets."""
        lists = self.lists
        if len(some) <= _INLINE:
            return lists.look(some)
        return await asyncio.to_thread(lists.look, some)

    async def hashed(self, data: bytes) -> Picture:
        """The hashes of a picture; raises `Refused` where it is none."""
        try:
            return await asyncio.to_thread(self.hashers.hash, data)
        except PictureError as error:
            raise Refused(400, error.message, "send a picture that a browser shows") from error

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(self.limits.fresh)
            await asyncio.to_thread(self._try, self.refresh)

    def _try(self, what: Callable[[], None]) -> None:
        try:
            what()
        except _TROUBLE as error:
            LOG.error("lists and keys are as they were before: %s", type(error).__name__)

    def _write(self) -> None:
        taken = self.guard.taken()
        if taken:
            try:
                self.service.count(taken)
            except _TROUBLE:
                self.guard.give_back(taken)
                raise
