"""The rows of a template lined up: what stands in its slots, and where a row departs from it."""

from undertow.share.contract import Original, Record, Row, Template
from undertow.share.variants import columns, lined_up, variants

PATTERN = ("Hi, I am ", 1, " in ", 2, " today")


def row(record_id: str, text: str, *slots: tuple[int, int, int]) -> Row:
    return Row(Record(record_id, Original("f"), fields={"text": text}), slots)


ANA = row("p1", "Hi, I am Ana in Riga today", (1, 9, 12), (2, 16, 20))
MIA = row("p2", "Hi, I am Mia in Riga only today", (1, 9, 12), (2, 16, 20))


def cut(*rows: Row) -> Template:
    return Template("t1", PATTERN, len(rows), rows, 0, {})


def test_a_slot_is_a_column_of_what_stands_in_it() -> None:
    assert [one.values for one in variants(cut(ANA, MIA))] == [{1: "Ana", 2: "Riga"}, {1: "Mia", 2: "Riga"}]


def test_a_column_is_named_by_what_most_of_it_is() -> None:
    mentions = [
        {"record_id": "p1", "field": "text", "kind": "name", "start": 9, "end": 12},
        {"record_id": "p2", "field": "text", "kind": "name", "start": 9, "end": 12},
        {"record_id": "p1", "field": "text", "kind": "place", "start": 16, "end": 20},
        {"record_id": "p1", "field": "title", "kind": "phone", "start": 16, "end": 20},
    ]
    found = [(one.slot, one.kind, one.different) for one in columns([ANA, MIA], mentions)]
    assert found == [(1, "name", 2), (2, "", 1)]


def test_a_word_that_the_text_does_not_have_is_pointed_out() -> None:
    (ana, mia) = variants(cut(ANA, MIA))
    assert [part.text for part in lined_up(mia, PATTERN) if part.kind == "other"] == ["only"]
    assert [part for part in lined_up(ana, PATTERN) if part.kind == "other"] == []


def test_pieces_join_up_to_the_text() -> None:
    assert "".join(part.text for part in lined_up(variants(cut(MIA))[0], PATTERN)) == MIA.record.fields["text"]
