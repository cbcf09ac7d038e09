"""The whole run that follows first looks: a process of its own that gives way to whatever else the machine does.

`python -m undertow.following WORKSPACE` is that process. It ends well, or says on standard output what was wrong. Its
standard input is a pipe that nobody writes to: the system closes it with the process that began the run, however that
ended, and the run ends itself.
"""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import orjson

from undertow import errors

NICE = 10  # of 19 steps by which the process gives way


@dataclass(slots=True)
class Follower:
    """Runs the stages beside the watch, one run at a time."""

    root: Path
    _process: "subprocess.Popen[bytes] | None" = None
    _line: int = -1  # the end of the pipe that is held, and closed with us

    @property
    def at_work(self) -> bool:
        """Whether a run was begun whose end was not asked for."""
        return self._process is not None

    def start(self) -> None:
        """Begins a run; in a session of its own, so that Ctrl-C does not reach it and its workers end with it."""
        command = [sys.executable, "-m", "undertow.following", str(self.root)]
        theirs, self._line = os.pipe()
        try:
            self._process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, start_new_session=True)
        finally:
            os.close(theirs)

    def ended(self, *, wait: bool = False) -> bool:
        """Whether the run has ended, or, where it is to `wait`, that; raises what ended it, if something went wrong."""
        if self._process is None:
            return True
        if not wait and self._process.poll() is None:
            return False
        said, _ = self._process.communicate()
        code = self._process.returncode
        self._over()
        if code:
            raise _error(said, code)
        return True

    def stop(self) -> None:
        """Ends a run at work, and its workers; what it did is done again by the next."""
        if self._process is None:
            return
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGTERM)
        else:
            self._process.terminate()
        self._process.communicate()
        self._over()

    def _over(self) -> None:
        os.close(self._line)
        self._process = None


def _error(said: bytes, code: int) -> errors.UndertowError:
    try:
        told = orjson.loads(said)
    except orjson.JSONDecodeError:
        return errors.OutsideError(f"the run that follows ended with {code}", hint="most often memory ran out")
    kind: type[errors.UndertowError] = getattr(errors, told["kind"])
    return kind(told["message"], hint=told["hint"])


def main(root: str) -> int:
    """Runs all stages over a workspace and writes alerts; gives the exit code."""
    from undertow import Workspace

    if hasattr(os, "nice"):
        os.nice(NICE)
    try:
        Workspace.open(root).run(watched=True)
    except errors.UndertowError as error:
        told = {"kind": type(error).__name__, "message": error.message, "hint": error.hint}
        sys.stdout.buffer.write(orjson.dumps(told))
        return error.exit_code
    return 0


def _end_with_the_watch() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)  # the group is ours alone: the workers of the run
    os._exit(errors.OutsideError.exit_code)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_watch, daemon=True).start()
    sys.exit(main(sys.argv[1]))
