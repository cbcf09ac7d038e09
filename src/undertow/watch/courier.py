"""Brings the lines of the file of alerts to a receiver, in their order, beside the work of the watch.

The file is the queue. How many bytes of it were taken stands beside it, in FILE.sent, written after each 2xx: an alert
is sent again only where the process ended between the answer and that file, or where the answer was lost.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import orjson

from undertow.errors import OutsideError, UndertowError, UserError
from undertow.runs import replace_file
from undertow.watch.receiver import Receiver

FIRST, LONGEST = 1.0, 300.0  # seconds until a failed alert is tried again: doubled each time
LAST = 15.0  # seconds that the end of a watch waits for what is not sent

_AGAIN = "mend that and start the watch again: no alert is lost"

Say = Callable[[str], None]


@dataclass(slots=True)
class Courier:
    """One file of alerts on its way; `start` and `end` stand around the work, `wake` after lines were added."""

    alerts: Path
    receiver: Receiver
    say: Say
    first: float = FIRST
    down: bool = False
    _wait: float = 0.0
    _more: Event = field(default_factory=Event)
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None
    _failed: UndertowError | None = None

    @property
    def mark(self) -> Path:
        """The file that holds how many bytes were taken."""
        return self.alerts.with_name(f"{self.alerts.name}.sent")

    def start(self) -> None:
        """Begins to send what waits; raises `UserError` where the mark does not fit the file."""
        self._next()
        self._more.set()
        self._thread = Thread(target=self._work, name="courier", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Says that lines were added; raises what ended the sending, if something did."""
        if self._failed:
            raise self._failed
        self._more.set()

    def end(self, seconds: float = LAST) -> int:
        """Waits until all is sent, the address fails, or the time is over; gives how many alerts wait."""
        self._over.set()
        self._more.set()
        if self._thread:
            self._thread.join(seconds)
        if self._failed:
            raise self._failed
        return self._waiting()

    def step(self) -> bool:
        """Sends the next line, if there is one; False where there is none or it was not taken."""
        line, until = self._next()
        if not line:
            return False
        wrong = self.receiver.post(orjson.loads(line), int(time.time()))
        if not wrong:
            replace_file(self.mark, b"%d\n" % until)
        self._tell(wrong)
        return not wrong

    def _work(self) -> None:
        try:
            over = False
            while not over:
                over = self._over.is_set()
                if not over:
                    self._more.wait()
                    self._more.clear()
                self._send_all()
        except UndertowError as error:  # the watch raises it
            self._failed = error
        except OSError as error:
            self._failed = OutsideError(f"{self.mark} cannot be used: {error.strerror}", hint=_AGAIN)

    def _send_all(self) -> None:
        """Sends until nothing waits; while the address fails it is tried again, and once more at the end."""
        while True:
            over = self._over.is_set()
            while self.step():
                pass
            if over or not self.down:
                return
            self._wait = min(max(self.first, self._wait * 2), LONGEST)
            self._over.wait(self._wait)

    def _tell(self, wrong: str) -> None:
        if bool(wrong) == self.down:
            return
        self.down = bool(wrong)
        if wrong:
            waiting = self._waiting()
            self.say(f"webhook {self.receiver.host}: {wrong}; {waiting:,} alerts wait, and are sent when it answers")
        else:
            self._wait = 0.0
            self.say(f"webhook {self.receiver.host} answers again")

    def _next(self) -> tuple[bytes, int]:
        """The first whole line that was not taken, and where it ends; a file shorter than the mark begins anew."""
        if not self.alerts.exists():
            return b"", 0
        try:
            with self.alerts.open("rb") as file:
                file.seek(self._taken())
                line = file.readline()
                return (line, file.tell()) if line.endswith(b"\n") else (b"", 0)
        except OSError as error:
            raise OutsideError(
                f"{self.alerts} cannot be read: {error.strerror}", hint="start the watch again"
            ) from error

    def _taken(self) -> int:
        try:
            taken = int(self.mark.read_bytes())
        except FileNotFoundError:
            return 0
        except ValueError:
            taken = -1
        if taken > self.alerts.stat().st_size:
            return 0
        with self.alerts.open("rb") as file:
            file.seek(max(taken - 1, 0))
            if taken < 0 or (taken and file.read(1) != b"\n"):
                hint = "remove it, and all alerts are sent again: the receiver knows them by their ids"
                raise UserError(f"{self.mark} does not fit {self.alerts}", hint=hint)
        return taken

    def _waiting(self) -> int:
        if not self.alerts.exists():
            return 0
        with self.alerts.open("rb") as file:
            file.seek(self._taken())
            return sum(line.endswith(b"\n") for line in file)
