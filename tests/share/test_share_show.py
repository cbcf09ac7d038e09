"""Texts of strangers are shown cut, marked, defanged, and without hidden letters."""

from hypothesis import given
from hypothesis import strategies as st

from undertow.share.show import Mark, Piece, pieces, plain


def test_a_marked_span_is_a_piece_of_its_own() -> None:
    assert pieces("call 020 7946 0123 now", [Mark(5, 18, "hit", "R1")]) == [
        Piece("call "),
        Piece("020 7946 0123", "hit", "R1"),
        Piece(" now"),
    ]


def test_a_long_text_is_cut_around_its_mark() -> None:
    text = "a" * 5_000 + "HERE" + "b" * 5_000
    made = pieces(text, [Mark(5_000, 5_004, "hit")], most=100)
    assert made[0].text == "… " and made[-1].text == " …" and Piece("HERE", "hit") in made
    assert sum(len(piece.text) for piece in made) <= 104


def test_of_two_marks_that_overlap_the_first_given_is_shown() -> None:
    made = pieces("one two three", [Mark(4, 7, "hit"), Mark(0, 13, "find")])
    assert [piece.text for piece in made if piece.kind] == ["two"]


def test_marks_outside_the_text_are_left_out() -> None:
    assert pieces("short", [Mark(3, 99, "hit"), Mark(-2, 2, "hit"), Mark(4, 4, "hit")]) == [Piece("short")]


def test_a_link_cannot_be_followed() -> None:
    assert plain("see https://ads.example/a.b?c=1") == "see hxxps://ads[.]example/a.b?c=1"
    assert plain("see www.ads.example/x") == "see www[.]ads[.]example/x"
    assert plain("ads.example", link=True) == "ads[.]example"


def test_a_link_is_defanged_even_where_a_mark_cuts_it() -> None:
    made = pieces("at https://ads.example/1", [Mark(5, 14, "hit")])
    assert "".join(piece.text for piece in made) == "at hxxps://ads[.]example/1"


def test_an_address_cannot_be_written_to_by_a_click() -> None:
    assert plain("write ana@post.example") == "write ana[@]post.example"


def test_letters_that_turn_a_line_around_are_named() -> None:
    assert plain("a\u202eb") == "a⟦Right To Left Override⟧b"


def test_control_letters_become_pictures_and_half_letters_a_mark() -> None:
    assert plain("a\x00b\x07c\ud800d") == "a␀b␇c\ufffdd"


def test_a_tower_of_accents_is_cut_down() -> None:
    assert plain("x" + "\u0301" * 300) == "x" + "\u0301" * 4


@given(
    st.text(alphabet="ab :/.@\n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5)
)
def test_pieces_join_up_to_what_is_shown_without_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marked = pieces(text, [Mark(start, end, "hit") for start, end in spans])
    assert "".join(piece.text for piece in marked) == plain(text)


@given(st.text())
def test_whatever_is_shown_can_be_written_to_a_file(text: str) -> None:
    assert plain(text).encode("utf-8") is not None
