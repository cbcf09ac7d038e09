"""The peers of the benchmark do what their page says, on a few texts made by hand."""

from pathlib import Path

import pytest
from benchmarks.peers import homemade, judging, numbers, phrases, running, table
from benchmarks.peers.contract import Answer, Phone
from benchmarks.peers.union import joined
from phonenumbers import Leniency

from undertow.evaluate import keys
from undertow.simulate import Options

FLAT = "Quiet room near the old market for two people, bills paid and clean sheets every week"
VAN = "Moving van with a careful driver takes your chairs and tables to any part of the county"
TEXTS = [
    f"{FLAT}, call 360-555-0172",
    f"{FLAT}, call 360-555-0188",
    f"{VAN}, ring (360) 555-0188",
    "Piano lessons for beginners, evenings only, ask at the music shop",
    "Apples from our own trees, by the basket",
    "",
    "",
]


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    return {one.name: one for one in running.answers(TEXTS)}


def test_things_are_joined_through_others() -> None:
    assert joined(5, [(3, 1), (4, 3)]) == [0, 1, 2, 1, 1]


@pytest.mark.parametrize("width", [2, 3])
def test_the_script_joins_texts_alike_and_posts_that_share_a_phone(answers: dict[str, Answer], width: int) -> None:
    said = answers[f"home-made script, runs of {width} words"]
    assert said.templates == [0, 0, 2, 3, 4, 5, 5]
    assert said.networks == [0, 0, 0, 3, 4, 5, 5]


def test_a_phone_shared_joins_posts_with_the_first_that_gave_it() -> None:
    found = [Phone(0, 0, 1, "+13605550172"), Phone(2, 0, 1, "+13605550172"), Phone(3, 0, 1, "+13605550188")]
    assert homemade.networks(4, [], found) == [0, 1, 0, 3]


def test_posts_that_keep_a_phrase_in_common_are_joined(answers: dict[str, Answer]) -> None:
    assert answers["the same, phrases of one post left out"].templates == [0, 0, 2, 3, 4, 5, 6]


def test_a_post_full_of_rare_phrases_shares_none_unless_those_of_one_post_are_left_out() -> None:
    tail = " ".join(f"{a}{b}" for a in "pqrs" for b in "abcdefgh")
    texts = [f"{FLAT} {tail}", f"{FLAT} {' '.join(reversed(tail.split()))}", VAN]
    assert phrases.groups(texts) == [0, 1, 2]
    assert phrases.groups(texts, least=2) == [0, 0, 2]


def test_numbers_are_no_words_of_a_phrase() -> None:
    assert phrases.phrases("we 24 open 7 days 365 nights here") == {("we", "open", "days", "nights", "here"): 1}


def test_a_phone_that_all_regions_read_alike_is_given_once() -> None:
    texts = ["call 360-555-0172", "ring 020 7946 0123 or (03) 5550 1234", "write to us"]
    found = [(texts[one.post][one.start : one.end], one.value) for one in numbers.phones(texts)]
    assert found == [
        ("360-555-0172", "+13605550172"),
        ("020 7946 0123", "+442079460123"),
        ("(03) 5550 1234", "+61355501234"),
    ]


def test_a_number_that_regions_read_otherwise_is_given_for_each() -> None:
    read = {one.value for one in numbers.phones(["ring 36 0555 0172"], Leniency.POSSIBLE)}
    assert {"+13605550172", "+443605550172"} <= read


def test_possible_takes_numbers_that_are_not_assigned() -> None:
    text = ["ring +44 7700 900123"]
    assert numbers.phones(text) == []
    assert [one.value for one in numbers.phones(text, Leniency.POSSIBLE)] == ["+447700900123"]


def test_an_answer_is_written_as_tables_that_the_measures_read(tmp_path: Path) -> None:
    said = Answer("x", 1.0, (), networks=[0, 0, 2], phones=[Phone(2, 5, 9, "+13605550172")])
    posts = [f"p{number:020x}" for number in range(3)]
    held = judging.written(tmp_path / "x", said, posts)
    assert held.whole("network_members", ["record_id"])["record_id"].to_pylist() == posts[:2]
    assert held.whole("mentions", ["record_id", "value"]).to_pylist() == [
        {"record_id": posts[2], "value": "+13605550172"}
    ]
    assert not held.has("template_posts")
    assert len(keys.keys(held.whole("network_members", ["record_id"])["record_id"])) == 2


def test_a_line_of_the_table_holds_the_ratio_to_the_same_part_of_ours() -> None:
    line = table.row(Answer("x", 3.0, ("match", "link")), {"networks.bcubed_f1": 0.5}, {"match": 1.0, "link": 0.5})
    assert line == "| x | – | – | 0.500 | – | – | – | 3.00 | 1.50 | 2.0 |"


@pytest.mark.parametrize(("family", "said"), [("ridge", "is held out"), ("harbour", "is not held out")])
def test_the_page_says_whether_the_world_was_tuned_on(family: str, said: str) -> None:
    page = table.page("| the table |", Options(10, 1, family))
    assert f"`{family}` {said}" in page
    assert "| the table |" in page


@pytest.mark.slow
def test_all_run_on_a_small_world() -> None:
    lines = table.report(Options(300, 3)).splitlines()
    assert len(lines) == 2 + 1 + 7
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2].startswith("| Undertow")
