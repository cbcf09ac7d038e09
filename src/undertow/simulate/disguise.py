"""Ways in which people write a telephone number so that other people read it and machines do not."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from undertow.simulate.datafiles import toml
from undertow.simulate.phones import Phone


class Hand(NamedTuple):
    """Who writes: in a language, with the habits of a family (as in `data/writing.toml`)."""

    language: str
    writing: Mapping[str, Any]


Way = Callable[[Phone, Hand, Random], str]


def plain(phone: Phone, hand: Hand, chance: Random) -> str:
    """As people of the country write it."""
    ways: Sequence[str] = hand.writing["plain"][phone.country]
    ways = [way for way in ways if way[0] == "+"] if phone.far else ways
    return ways[int(chance.random() * len(ways))].replace("d", "{}").format(*phone.national)


def _dialled(phone: Phone) -> str:
    """The digits to dial, at home or from afar."""
    return (
        phone.code + phone.national if phone.far else str(toml("writing.toml")["trunk"][phone.country]) + phone.national
    )


def _plus(phone: Phone) -> str:
    return "+" if phone.far else ""


def _spaced(phone: Phone, _: Hand, chance: Random) -> str:
    return _plus(phone) + _pick((" ", "-", ".", "  ", " . ", "_"), chance).join(_dialled(phone))


def _odd_groups(phone: Phone, _: Hand, chance: Random) -> str:
    digits, made = _dialled(phone), _plus(phone)
    sign = _pick((" ", "-", ".", "/", "*"), chance)
    for place, digit in enumerate(digits):
        made += sign if place and chance.random() < 0.35 else ""
        made += digit
    return made


def _words(phone: Phone, hand: Hand, chance: Random) -> str:
    words = hand.writing["digits"][hand.language]
    return _plus(phone) + _pick((" ", "-", " "), chance).join(words[int(digit)] for digit in _dialled(phone))


def _mixed(phone: Phone, hand: Hand, chance: Random) -> str:
    words = hand.writing["digits"][hand.language]
    return _plus(phone) + " ".join(words[int(digit)] if chance.random() < 0.5 else digit for digit in _dialled(phone))


def _letters(phone: Phone, hand: Hand, chance: Random) -> str:
    known: Mapping[str, str] = hand.writing["letters"]
    written = plain(phone, hand, chance)
    return "".join(_pick(known[sign], chance) if sign in known and chance.random() < 0.7 else sign for sign in written)


def _keycaps(phone: Phone, _: Hand, chance: Random) -> str:
    return _plus(phone) + _pick(("", " "), chance).join(f"{digit}\ufe0f\u20e3" for digit in _dialled(phone))


def _styled(phone: Phone, hand: Hand, chance: Random) -> str:
    zero = ord(_pick("\uff10\U0001d7ce\U0001d7d8\U0001d7ec", chance))  # full-width, bold, double-struck, sans-serif
    return "".join(chr(zero + int(sign)) if sign.isdigit() else sign for sign in plain(phone, hand, chance))


def _starred(phone: Phone, _: Hand, chance: Random) -> str:
    sign = _pick(("*", "~", "♥", "💋", "•", "🌸"), chance)
    digits = _dialled(phone)
    cuts = (3, 6) if len(digits) == 10 else (5, 8)
    return _plus(phone) + sign.join((digits[: cuts[0]], digits[cuts[0] : cuts[1]], digits[cuts[1] :]))


def _bracketed(phone: Phone, _: Hand, chance: Random) -> str:
    form = _pick(("({})", "[{}]"), chance)
    return _plus(phone) + "".join(form.format(digit) for digit in _dialled(phone))


def _circled(phone: Phone, _: Hand, chance: Random) -> str:
    return _plus(phone) + _pick(("", " "), chance).join(_CIRCLES[int(digit)] for digit in _dialled(phone))


def _between_words(phone: Phone, hand: Hand, _: Random) -> str:
    digits, then = _dialled(phone), str(hand.writing["then"][hand.language])
    return _plus(phone) + then.join((digits[:-7], digits[-7:-4], digits[-4:]))


_CIRCLES = "\u24ea\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468"  # 0 to 9

WAYS: Mapping[str, Way] = {
    "plain": plain,
    "spaced": _spaced,
    "odd groups": _odd_groups,
    "words": _words,
    "digits and words": _mixed,
    "look-alike letters": _letters,
    "keycaps": _keycaps,
    "styled digits": _styled,
    "signs between": _starred,
    "in brackets": _bracketed,
    "circled digits": _circled,
    "words between": _between_words,
}

HIDDEN = tuple(name for name in WAYS if name != "plain")
"""All ways but the plain one; a family's people know those that its `habits.hidden` names."""


def _pick(signs: tuple[str, ...] | str, chance: Random) -> str:
    return signs[int(chance.random() * len(signs))]
