"""Cues and indicators know of each other, though extract and assess do not."""

import re
import tomllib
from pathlib import Path

from tests.assess.asking import INDICATORS

CUES = Path(__file__).parents[2] / "src" / "undertow" / "extract" / "data" / "cues" / "cues.toml"
FOUND = set(tomllib.loads(CUES.read_text("utf-8")))


def test_every_cue_that_is_found_is_asked_for() -> None:
    sql = " ".join(indicator.sql for indicator in INDICATORS.values())
    assert sorted(cue for cue in FOUND if f"'{cue}'" not in sql) == []


def test_every_cue_that_is_asked_for_can_be_found() -> None:
    lists = (match for one in INDICATORS.values() for match in re.findall(r"\bvalue (?:IN \(|= )('[^)\n]*)", one.sql))
    asked = {word.removeprefix("not:") for words in lists for word in re.findall(r"'([a-z_:]+)'", words)}
    assert sorted(asked - FOUND) == []
