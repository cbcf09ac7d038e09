"""Disguised numbers in many ways and five languages: how many are found, and how many are made up."""

from benchmarks.measure_phones import judged, measure_obscured


def total(part: str) -> dict[str, object]:
    return next(row for row in measure_obscured("way", part) if row["way"] == "all")


def test_95_in_100_disguised_numbers_are_found_and_98_in_100_given_are_right() -> None:
    made = total("known")
    assert made["numbers"] == 540
    assert float(str(made["recall"])) >= 0.95
    assert float(str(made["precision"])) >= 0.98


def test_numbers_in_ways_and_frames_not_tuned_on_are_found_as_well() -> None:
    made = total("held out")
    assert made["numbers"] == 180
    assert float(str(made["recall"])) >= 0.95
    assert float(str(made["precision"])) >= 0.98


def test_no_hard_negative_gives_a_number_that_is_believed() -> None:
    negatives = [
        (row["text"], given) for part in ("known", "held out") for row, given in judged(part) if not row["expected"]
    ]
    assert len(negatives) == 228
    assert [text for text, given in negatives if given] == []
