"""What a piece of work costs: CPU seconds and peak memory of this process and all that it starts, as sampled."""

import threading

import psutil

EVERY = 0.1  # seconds from one look to the next


class Usage:
    """CPU seconds (user and system, of every process seen) and peak resident memory in bytes, within its block.

    A process that lives for less than `EVERY` can be missed. Memory that processes share is counted for each.
    """

    def __enter__(self) -> "Usage":
        self.peak = 0
        self._spent: dict[tuple[int, float], float] = {}
        self._stop = threading.Event()
        self._look()
        self._before = self._total()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._look()

    @property
    def seconds(self) -> float:
        """CPU seconds from the beginning of the block to the last look."""
        return self._total() - self._before

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self._look()

    def _look(self) -> None:
        me, memory = psutil.Process(), 0
        for process in (me, *me.children(recursive=True)):
            try:
                times = process.cpu_times()
                memory += process.memory_info().rss
                self._spent[process.pid, process.create_time()] = times.user + times.system
            except psutil.NoSuchProcess:
                continue
        self.peak = max(self.peak, memory)

    def _total(self) -> float:
        return sum(tuple(self._spent.values()))
