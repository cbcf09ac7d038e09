"""How a process that works for a run begins: it leaves Ctrl-C to its parent, and ends when its parent does.

Nothing but the standard library is imported here: what the thread below holds is alive while Python shuts down, and a
library of C would complain of leaks then.
"""

import multiprocessing
import os
import signal
import threading


def obey() -> None:
    """Called once in each worker, before its first task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides; a worker prints no traceback on Ctrl-C
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
