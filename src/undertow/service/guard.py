"""Who may ask, how much, and what is counted: in memory, read and written anew every few seconds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from undertow.answering import Caller, Counted, digest


@dataclass(frozen=True, slots=True)
class Limits:
    """What one caller may do; the numbers are guesses, for a small platform on one machine.

    `rate` is what a key may ask for in a minute: a hash counts 1, a picture 10. `size` is bytes of a body, `batch`
    hashes of a request, `seconds` how long a body may take to arrive, `fresh` how old lists and keys may be.
    """

    size: int = 20_000_000
    batch: int = 1000
    rate: int = 60_000
    seconds: float = 30.0
    fresh: float = 2.0


PICTURE = 10  # a picture takes 3 ms or more to decode and hash, a hash about 0.3 to look up


class Refused(Exception):
    """A request that is answered with `status`, from 400 to 499, and says what to do."""

    def __init__(self, status: int, error: str, hint: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.hint = status, error, hint
        self.headers = dict(headers or {})


@dataclass(slots=True)
class Guard:
    """Knows callers by their keys; spends and counts what they ask."""

    limits: Limits
    callers: Mapping[str, Caller] = field(default_factory=dict)
    counted: Counter[Counted] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def known(self, key: str | None) -> Caller:
        """Whose key it is, counted as a request whatever comes of it; raises `Refused`."""
        found = self.callers.get(digest(key)) if key else None
        if not found:
            self.count("", "refused: key")
            hint = "send Authorization: Bearer KEY, with a key of `undertow match-service keys add`"
            raise Refused(401, "no key, or none that opens", hint, headers={"WWW-Authenticate": "Bearer"})
        self.count(found.name, "requests")
        return found

    def spend(self, caller: Caller, cost: int) -> None:
        """Takes `cost` from what is left of this minute; raises `Refused` where that is too little."""
        now, each = monotonic(), self.limits.rate / 60
        left, since = self._left.get(caller.key, (float(self.limits.rate), now))
        left = min(self.limits.rate, left + (now - since) * each)
        if left < cost:
            self.count(caller.name, "refused: rate")
            wait = str(int((cost - left) / each) + 1)
            hint = f"ask again in {wait} seconds; a key may ask {self.limits.rate:,} a minute"
            raise Refused(429, "too much at once", hint, headers={"Retry-After": wait})
        self._left[caller.key] = (left - cost, now)

    def count(self, caller: str, what: str, number: int = 1) -> None:
        """Counts, by caller ("" where the key was wrong) and day (UTC), and keeps nothing else."""
        with self._lock:
            self.counted[caller, datetime.now(UTC).date().isoformat(), what] += number

    def taken(self) -> dict[Counted, int]:
        """What was counted since the last time."""
        with self._lock:
            taken, self.counted = self.counted, Counter()
        return dict(taken)

    def give_back(self, taken: Mapping[Counted, int]) -> None:
        """Counts again what could not be written."""
        with self._lock:
            self.counted.update(taken)
