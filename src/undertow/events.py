"""What a stage says while it works: facts for a progress bar, a log line or a page. Stages emit, doors draw."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """One fact about a running stage.

    `done` and `total` count `unit`s (`total` 0: not known); `facts` holds figures for the log, never personal data.
    """

    stage: str
    message: str
    done: int = 0
    total: int = 0
    unit: str = "records"
    facts: dict[str, int | float | str] = field(default_factory=dict)


Emit = Callable[[Event], None]


def silent(_event: Event) -> None:
    """Throws events away: the default where nobody watches."""
