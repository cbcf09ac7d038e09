"""Cases: nothing written is lost, nothing is changed in silence, and what is taken away takes two people."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from undertow.errors import OutsideError, UserError
from undertow.review import proposals
from undertow.review.audit import Trail
from undertow.review.cases import ABOUT, STORY, Cases, ConflictError
from undertow.review.people import By
from undertow.review.store import Store

ANA, BEN = By("Ana"), By("Ben")


@pytest.fixture
def cases(tmp_path: Path) -> Cases:
    (tmp_path / "secret.key").write_text("5a" * 32)
    return Cases(Trail(tmp_path / "decisions.sqlite", tmp_path / "secret.key", tmp_path / "audit.head"))


def store(cases: Cases) -> Store:
    return Store(cases.trail.path, cases.trail)


def test_a_case_gathers_and_lets_go(cases: Cases) -> None:
    case = cases.open(ANA, "Harbour")
    cases.put(case, "lead", "l1", ANA, {"records": ["p1", "p2"]})
    cases.put(case, "record", "p9", ANA)
    assert cases.one(case).holds() == (frozenset({"l1"}), frozenset({"p1", "p2", "p9"}))
    cases.put(case, "lead", "l1", BEN, {"in": False})
    assert cases.one(case).holds() == (frozenset(), frozenset({"p9"}))
    assert [one.who for one in cases.versions(case, "lead:l1")] == ["Ben", "Ana"]


def test_of_two_who_wrote_at_once_the_second_gets_both_texts_back(cases: Cases) -> None:
    case = cases.open(ANA, "Harbour")
    cases.write(case, STORY, {"text": "first"}, 0, ANA)
    cases.write(case, STORY, {"text": "Ben's"}, 1, BEN)
    with pytest.raises(ConflictError, match="Ben wrote here meanwhile") as caught:
        cases.write(case, STORY, {"text": "Ana's"}, 1, ANA)
    assert (caught.value.mine["text"], caught.value.theirs.body["text"], caught.value.theirs.version) == (
        "Ana's", "Ben's", 2,
    )  # fmt: skip
    cases.write(case, STORY, {"text": "Ben's and Ana's"}, 2, ANA)
    assert [one.body["text"] for one in cases.versions(case, STORY)] == ["Ben's and Ana's", "Ben's", "first"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"status": "lost"}, {"marking": "SECRET"}, {"reliability": "Z"}, {"credibility": "9"},
        {"deadline": "soon"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused(cases: Cases, wrong: dict[str, str]) -> None:
    with pytest.raises(UserError):
        cases.open(ANA, **({"title": "Harbour"} | wrong))
    assert cases.all() == []


def test_a_part_that_no_case_has_is_refused(cases: Cases) -> None:
    case = cases.open(ANA, "Harbour")
    for part in ("../../etc", "lead:", "lead:../x", "secret", "person:a b"):
        with pytest.raises(UserError, match="no part of a case"):
            cases.write(case, part, {}, 0, ANA)


def test_nothing_is_written_into_a_case_that_is_not_there(cases: Cases) -> None:
    with pytest.raises(UserError, match="no such case"):
        cases.write("knone", STORY, {"text": "x"}, 0, ANA)


def test_somebody_is_on_a_case_until_their_day(cases: Cases) -> None:
    case = cases.open(ANA, "Harbour")
    cases.put(case, "lead", "l1", ANA)
    for until, sees in (("", True), ("2020-01-01", False), ("2999-01-01", True)):
        cases.put(case, "person", "u1", ANA, {"until": until})
        assert cases.holds("u1")[0] == ({"l1"} if sees else set())
    cases.put(case, "person", "u1", ANA, {"in": False})
    assert cases.holds("u1") == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE case_entries SET body = replace(body, 'secret', 'other')",
        "UPDATE case_entries SET who = 'Eve' WHERE number = 2",
        "DELETE FROM case_entries WHERE number = 2",
        "INSERT INTO case_entries VALUES (99, 'k1', 'about', 1, '', 'Eve', '{}')",
    ],
)
def test_an_edit_past_the_trail_is_found(cases: Cases, edit: str) -> None:
    case = cases.open(ANA, "Harbour")
    cases.write(case, STORY, {"text": "secret"}, 0, ANA)
    cases.trail.verify()
    with sqlite3.connect(cases.trail.path) as connection:
        connection.execute("DROP TRIGGER case_entries_stay")
        connection.execute(edit)
    with pytest.raises(OutsideError, match="case entry"):
        cases.trail.verify()


def test_what_a_case_says_stands_in_no_line_of_the_trail(cases: Cases) -> None:
    case = cases.open(ANA, "the title")
    cases.add(case, "note", {"text": "the note"}, ANA)
    assert "the title" not in str(cases.trail.lines())
    assert "the note" not in str(cases.trail.lines())


def test_a_deletion_takes_two_people_and_leaves_no_words(cases: Cases) -> None:
    case = cases.open(ANA, "unmistakable title")
    cases.add(case, "note", {"text": "unmistakable note " * 50}, ANA)
    held = store(cases)
    number = proposals.propose(held, "delete", cases.one(case), "kept too long", ANA).number
    for own in (ANA, By("ANA")):
        with pytest.raises(UserError, match="nobody approves what they proposed"):
            proposals.answer(held, number, "approve", "yes", own)
    proposals.answer(held, number, "approve", "its time is over", BEN)
    assert cases.all() == []
    assert b"unmistakable" not in cases.trail.path.read_bytes()
    assert [line.verb for line in cases.trail.lines()][:2] == ["deleted", "decided"]
    assert cases.trail.verify()
    with pytest.raises(UserError, match="waits for no answer"):
        proposals.answer(held, number, "approve", "again", BEN)


def test_a_label_protects_a_case_also_after_its_deletion_was_proposed(cases: Cases) -> None:
    case, held = cases.open(ANA, "Harbour"), store(cases)
    number = proposals.propose(held, "delete", cases.one(case), "old", ANA).number
    about = cases.one(case).about
    cases.write(case, ABOUT, {**about, "labels": ["Legal  hold"]}, 1, BEN)
    with pytest.raises(UserError, match="protected by: legal hold"):
        proposals.answer(held, number, "approve", "yes", BEN)
    assert [one.verb for one in held.judgements()] == ["propose to delete"]
    with pytest.raises(UserError, match="protected"):
        proposals.propose(held, "delete", cases.one(case), "old", ANA)


def test_a_proposal_is_declined_by_another_or_withdrawn_by_its_own(cases: Cases) -> None:
    case, held = cases.open(ANA, "Harbour"), store(cases)
    for said, by, other in (("decline", BEN, None), ("withdraw", ANA, BEN)):
        number = proposals.propose(held, "refer", cases.one(case), "enough", ANA, to="the hotline").number
        if other:
            with pytest.raises(UserError, match="somebody else"):
                proposals.answer(held, number, said, "no", other)
        proposals.answer(held, number, said, "no", by)
    assert [(one.answer, one.by, one.to) for one in proposals.every(held)] == [
        ("withdraw", "Ana", "the hotline"), ("decline", "Ben", "the hotline"),
    ]  # fmt: skip


def test_who_works_alone_approves_their_own_and_the_decision_says_so(cases: Cases) -> None:
    case, held = cases.open(ANA, "Harbour"), store(cases)
    number = proposals.propose(held, "delete", cases.one(case), "old", ANA).number
    proposals.answer(held, number, "approve", "old", ANA, alone=True)
    assert held.details()[2]["alone"] == "yes"


WRITER = """
import sys
from pathlib import Path
from undertow.review.audit import Trail
from undertow.review.cases import Cases
from undertow.review.people import By
folder = Path(sys.argv[1])
held = Cases(Trail(folder / "decisions.sqlite", folder / "secret.key", folder / "audit.head"))
for number in range(10**6):
    note = held.add(sys.argv[2], "note", {"text": f"{sys.argv[3]} {number}"}, By(sys.argv[3]))
    print(note.part, note.body["text"], sep="|", flush=True)
"""


@pytest.mark.slow
def test_no_note_that_was_confirmed_is_missing_after_twenty_writers_were_killed(cases: Cases) -> None:
    case, folder = cases.open(ANA, "Harbour"), str(cases.trail.path.parent)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, folder, case, f"w{n}"], stdout=subprocess.PIPE, text=True)
        for n in range(20)
    ]
    confirmed = [(writer.stdout or sys.stdin).readline().strip() for writer in writers for _ in range(2)]
    for writer in writers:
        os.kill(writer.pid, signal.SIGKILL)
    for writer in writers:
        confirmed += [line for line in writer.communicate()[0].splitlines(keepends=True) if line.endswith("\n")]
    stand = {f"{note.part}|{note.body['text']}" for note in cases.one(case).of("note")}
    assert len(confirmed) >= 40
    assert {line.strip() for line in confirmed} - stand == set()
    cases.trail.verify()
