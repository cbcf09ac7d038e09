"""A second process for a watch: it takes half of what a batch function is to read, where that is worth the way.

`python -m undertow.seconding` is that process. It reads tasks from standard input and writes what they give, pickled,
and ends where its input does: with the process that began it, however that ended.
"""

import pickle
import subprocess
import sys
from dataclasses import dataclass

import pyarrow as pa

from undertow.engine.base import BatchFunction

WORTH = 64  # rows, about 30 ms of reading: below, the way to the other process takes much of what it saves


@dataclass(slots=True)
class Second:
    """Use it in `with`; with one of `cores`, and once the process was ended from outside, all is done here."""

    cores: int
    process: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> "Second":
        if self.cores > 1:
            command, pipe = [sys.executable, "-m", "undertow.seconding"], subprocess.PIPE
            # a session of its own: Ctrl-C is for the watch to hear
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)
        return self

    def __exit__(self, *_why: object) -> None:
        self._end()

    def map(self, function: BatchFunction, rows: pa.Table) -> pa.Table:
        """What `function` gives of `rows`; it has to give of two parts, one after the other, what it gives of both."""
        if self.process is None or rows.num_rows < WORTH:
            return function(rows)
        half = rows.num_rows // 2
        theirs = rows.slice(half)
        asked = self._ask(function, theirs)
        own = function(rows.slice(0, half))
        other = self._answer() if asked else None
        return pa.concat_tables([own, function(theirs) if other is None else other])

    def _ask(self, function: BatchFunction, rows: pa.Table) -> bool:
        try:
            if self.process and self.process.stdin:
                pickle.dump((function, rows), self.process.stdin)
                self.process.stdin.flush()
        except OSError:
            self._end()
        return self.process is not None

    def _answer(self) -> pa.Table | None:
        try:
            answer: pa.Table | None = pickle.load(self.process.stdout) if self.process and self.process.stdout else None
        except (OSError, EOFError, pickle.UnpicklingError):
            self._end()
            return None
        return answer

    def _end(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
        self.process = None


def main() -> None:
    """Answers one task after the other until there are no more; a task that fails ends the process."""
    while True:
        try:
            function, rows = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(function(rows), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
