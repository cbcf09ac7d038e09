"""In a log a run says a line when something happens, and a line a minute while it counts."""

from undertow.events import Event
from undertow.progress import Lines


def test_a_counting_stage_says_a_line_a_minute() -> None:
    said: list[str] = []
    moments = iter([0.0, 10.0, 59.0, 61.0, 62.0])
    lines = Lines(said.append, "r1", clock=lambda: next(moments))
    for done in (1, 2, 3, 4, 5):
        lines.emit(Event("extract", "", done, 10))
    assert said == ["r1 extract: 4 of 10 records"]


def test_a_message_is_said_at_once_with_its_facts() -> None:
    said: list[str] = []
    Lines(said.append, clock=lambda: 0.0).emit(Event("match", "begins", facts={"posts": 3}))
    assert said == ["match: begins posts=3"]
