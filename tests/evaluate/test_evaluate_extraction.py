"""Mentions held against true spans: what is right, what is missed, and what is not counted at all."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.evaluate.worlds import FILE, measured, post

from undertow.errors import UserError
from undertow.evaluate import mentions
from undertow.evaluate.contract import Evaluation

RECORDS = [{"position": "1", "network": "a", "language": "en"}, {"position": "2", "network": "b", "language": "es"}]
PHONE, OTHER = "+442079460001", "+442079460002"


def span(position: int, value: str, start: int, **other: Any) -> dict[str, Any]:
    about = {"field": "text", "kind": "phone", "disguise": "plain", "language": "en"}
    return {"file": FILE, "position": str(position), "value": value, "start": start, "end": start + 9, **about, **other}


def mention(position: int, value: str, start: int, **other: Any) -> dict[str, Any]:
    about = {"field": "text", "kind": "phone", "confidence": 0.9}
    return {"record_id": post(position), "value": value, "start": start, "end": start + 9, **about, **other}


def evaluated(tmp_path: Path, spans: list[dict[str, Any]], found: list[dict[str, Any]]) -> Evaluation:
    return measured(tmp_path, RECORDS, {"mentions": found}, spans=spans)


def shares(made: Evaluation, group: str = "kind=phone") -> tuple[float | None, float | None]:
    return made.figure("extraction.precision", group).value, made.figure("extraction.recall", group).value


def test_what_a_perfect_reader_finds_is_perfect(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [span(1, PHONE, 4), span(2, OTHER, 0)], [mention(1, PHONE, 4), mention(2, OTHER, 0)])
    assert shares(made) == (1, 1)
    assert made.value("extraction.f1", "kind=phone") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        mention(1, OTHER, 4),
        mention(2, PHONE, 4),
        mention(1, PHONE, 40),
        mention(1, PHONE, 13),
        mention(1, PHONE, 4, field="title"),
    ],
    ids=["value", "record", "place", "beside it", "field"],
)
def test_one_thing_wrong_is_wrong(tmp_path: Path, wrong: dict[str, Any]) -> None:
    in_title = span(2, OTHER, 0, field="title")
    made = evaluated(tmp_path, [span(1, PHONE, 4), in_title], [wrong, mention(2, OTHER, 0, field="title")])
    assert shares(made) == (0.5, 0.5)


def test_spans_need_only_overlap(tmp_path: Path) -> None:
    assert shares(evaluated(tmp_path, [span(1, PHONE, 4)], [mention(1, PHONE, 12)])) == (1, 1)


def test_a_span_without_a_place_is_found_anywhere_in_its_field(tmp_path: Path) -> None:
    assert shares(evaluated(tmp_path, [span(1, PHONE, -1)], [mention(1, PHONE, 70)])) == (1, 1)


def test_a_value_that_stands_twice_must_be_found_twice(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [span(1, PHONE, 0), span(1, PHONE, 50)], [mention(1, PHONE, 50)])
    assert shares(made) == (1, 0.5)


def test_a_field_in_which_the_truth_lists_nothing_is_not_counted(tmp_path: Path) -> None:
    found = [mention(1, PHONE, 4), mention(1, OTHER, 0, field="account")]
    assert shares(evaluated(tmp_path, [span(1, PHONE, 4)], found)) == (1, 1)


def test_a_mention_that_ties_nothing_is_not_counted(tmp_path: Path) -> None:
    found = [mention(1, PHONE, 4), mention(1, OTHER, 20, confidence=0.3)]
    assert shares(evaluated(tmp_path, [span(1, PHONE, 4)], found)) == (1, 1)


def test_the_least_confidence_is_that_of_link() -> None:
    limits = Path(mentions.__file__).parents[1] / "link" / "data" / "limits.toml"
    assert tomllib.loads(limits.read_text("utf-8"))["confidence"] == mentions.SURE


def test_a_mention_in_an_unknown_record_is_not_counted(tmp_path: Path) -> None:
    found = [mention(1, PHONE, 4), mention(99, OTHER, 0)]
    assert shares(evaluated(tmp_path, [span(1, PHONE, 4)], found)) == (1, 1)


def test_recall_goes_by_disguise_and_by_language(tmp_path: Path) -> None:
    spans = [span(1, PHONE, 4), span(2, OTHER, 0, disguise="words", language="es")]
    made = evaluated(tmp_path, spans, [mention(1, PHONE, 4), mention(2, PHONE, 0)])
    assert made.value("extraction.recall", "kind=phone,disguise=plain") == 1
    assert made.value("extraction.recall", "kind=phone,disguise=words") == 0
    assert made.value("extraction.recall", "kind=phone,language=es") == 0
    assert made.value("extraction.precision", "kind=phone,language=es") == 0
    assert made.value("extraction.precision", "kind=phone,language=en") == 1


def test_a_kind_that_the_truth_lists_nowhere_is_said_and_not_measured(tmp_path: Path) -> None:
    found = [mention(1, PHONE, 4), mention(1, "a@x.example", 20, kind="email")]
    made = evaluated(tmp_path, [span(1, PHONE, 4)], found)
    assert "not in this truth" in made.figure("extraction.recall", "kind=email").note
    assert made.value("extraction.precision") == 1
    with pytest.raises(UserError, match="no value"):
        made.value("extraction.recall", "kind=email")


def test_nothing_found_has_no_precision_and_an_f1_of_zero(tmp_path: Path) -> None:
    made = evaluated(tmp_path, [span(1, PHONE, 4)], [])
    assert shares(made) == (None, 0)
    assert made.value("extraction.f1") == 0
