import pytest
from hypothesis import given
from hypothesis import strategies as st

from undertow.extract.contract import Mention, Text
from undertow.extract.finders.bank import FINDER

KEY = b"a key of the test"
IBANS = {  # the examples of the IBAN registry
    "DE89370400440532013000": "DE",
    "GB82WEST12345698765432": "GB",
    "RO49AAAA1B31007593840000": "RO",
    "MD24AG000225100013104168": "MD",
    "AE070331234567890123456": "AE",
}
CARDS = {  # numbers that the networks publish for tests
    "4111111111111111": "visa",
    "5555555555554444": "mastercard",
    "2223003122003222": "mastercard",
    "378282246310005": "amex",
    "2200000000000004": "mir",
    "6011111111111117": "discover",
    "3530111333300000": "jcb",
}


def hits(text: str, key: bytes = KEY) -> list[Mention]:
    return list(FINDER.find(Text(text, text, key=key)))


def parts(number: str, sign: str) -> str:
    return sign.join(number[start : start + 4] for start in range(0, len(number), 4))


@pytest.mark.parametrize("sign", ["", " ", "-"])
@pytest.mark.parametrize("number", IBANS)
def test_an_iban_is_found_in_every_grouping(number: str, sign: str) -> None:
    found = hits(f"send it to {parts(number, sign)} and write")
    assert [(hit.detail, hit.confidence) for hit in found] == [(IBANS[number], 1.0)]


@pytest.mark.parametrize("sign", ["", " ", "-", "."])
@pytest.mark.parametrize("number", CARDS)
def test_a_card_is_found_with_its_network(number: str, sign: str) -> None:
    assert [hit.detail for hit in hits(f"карта {parts(number, sign)} Иван")] == [CARDS[number]]


def test_one_account_has_one_value_however_it_is_written() -> None:
    forms = ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "de89-3704-0044-0532-0130-00"]
    assert len({hits(form)[0].value for form in forms}) == 1


@pytest.mark.parametrize("number", [*IBANS, *CARDS, "account no. 001234567890"])
def test_the_full_number_is_in_nothing_that_is_kept(number: str) -> None:
    (found,) = hits(number)
    for kept in (found.value.rpartition(":")[0], found.original):
        assert sum(letter.isdigit() for letter in kept) == 4


def test_another_key_gives_another_value() -> None:
    assert hits("DE89370400440532013000")[0].value != hits("DE89370400440532013000", b"other")[0].value


def test_without_a_key_a_value_holds_within_the_process() -> None:
    first, second = hits("DE89370400440532013000", b""), hits("DE89370400440532013000", b"")
    assert first == second
    assert first[0].value != hits("DE89370400440532013000", b"any")[0].value


@given(st.sampled_from(list(IBANS)), st.integers(4, 40), st.sampled_from("0123456789"))
def test_an_iban_with_a_wrong_digit_is_not_found(number: str, place: int, digit: str) -> None:
    place %= len(number)
    changed = number[:place] + digit + number[place + 1 :]
    if place > 3 and changed != number and number[place].isdigit():
        assert [hit for hit in hits(changed) if hit.value.startswith("iban")] == []


@given(st.sampled_from(list(CARDS)), st.integers(0, 18), st.sampled_from("0123456789"))
def test_a_card_with_a_wrong_digit_is_not_found(number: str, place: int, digit: str) -> None:
    changed = number[: place % len(number)] + digit + number[place % len(number) + 1 :]
    if changed != number:
        assert hits(changed) == []


@pytest.mark.parametrize(
    "text",
    [
        "call +1 202 555 0143 or 020 7946 0018",
        "GCash 0917 000 0000",
        "0000 0000 0000 0000",
        "2026-11-24 12:30:11",
        "tracking 4111111111111111222233334444",
        "your account balance is 500",
    ],
)
def test_other_numbers_are_no_account(text: str) -> None:
    assert hits(text) == []


def test_two_ibans_side_by_side_are_two() -> None:
    assert [hit.detail for hit in hits("DE89 3704 0044 0532 0130 00 GB82 WEST 1234 5698 7654 32")] == ["DE", "GB"]


def test_an_account_number_needs_a_word_and_is_less_sure() -> None:
    assert [hit.confidence for hit in hits("BDO acct no. 0012-3456-7890")] == [0.5]
    assert hits("0012-3456-7890") == []


@pytest.mark.parametrize("piece", ["1", "1 ", "4111 ", "DE89 ", "account ", "acc 1", "de89"])
def test_a_very_long_odd_text_ends(piece: str) -> None:
    assert len(hits((piece * 100_000)[:100_000])) <= 100_000
