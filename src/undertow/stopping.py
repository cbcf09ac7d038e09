"""How a watch is asked to end: SIGTERM and Ctrl-C let it finish what is in its hand; a second one breaks that off."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

__all__ = ["Stop", "heard"]

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Stop:
    """Whether the end is `wanted`: what works asks between two steps."""

    wanted: bool = False
    _breaks: bool = False

    def ask(self, *_signal: object) -> None:
        """Wants the end; raises `KeyboardInterrupt` the second time, and where the work may be broken off."""
        again, self.wanted = self.wanted, True
        if again or self._breaks:
            raise KeyboardInterrupt

    @contextmanager
    def breaking_off(self) -> Iterator[None]:
        """Around work that is long and that the next start does again: to be asked ends it at once, and quietly."""
        self._breaks = True
        try:
            with suppress(KeyboardInterrupt):
                yield
        finally:
            self._breaks = False


@contextmanager
def heard() -> Iterator[Stop]:
    """Hears SIGTERM and Ctrl-C while the block is at work; for the main thread. A signal that was ignored stays so."""
    stop = Stop()
    before = {one: signal.getsignal(one) for one in _SIGNALS}
    for one in (one for one, handler in before.items() if handler is not signal.SIG_IGN):
        signal.signal(one, stop.ask)
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
