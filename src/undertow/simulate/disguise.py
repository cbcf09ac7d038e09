"""Ways in which people write a telephone number so that other people read it and machines do not."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from undertow.simulate.datafiles import toml
from undertow.simulate.phones import Phone

Way = Callable[[Phone, str, Random], str]


def plain(phone: Phone, _: str, chance: Random) -> str:
    """As people of the country write it."""
    ways: Sequence[str] = toml("writing.toml")["plain"][phone.country]
    ways = [way for way in ways if way[0] == "+"] if phone.far else ways
    return ways[int(chance.random() * len(ways))].replace("d", "{}").format(*phone.national)


def _dialled(phone: Phone) -> str:
    """The digits to dial, at home or from afar."""
    return (
        phone.code + phone.national if phone.far else str(toml("writing.toml")["trunk"][phone.country]) + phone.national
    )


def _plus(phone: Phone) -> str:
    return "+" if phone.far else ""


def _spaced(phone: Phone, _: str, chance: Random) -> str:
    return _plus(phone) + _pick((" ", "-", ".", "  ", " . ", "_"), chance).join(_dialled(phone))


def _odd_groups(phone: Phone, _: str, chance: Random) -> str:
    digits, made = _dialled(phone), _plus(phone)
    sign = _pick((" ", "-", ".", "/", "*"), chance)
    for place, digit in enumerate(digits):
        made += sign if place and chance.random() < 0.35 else ""
        made += digit
    return made


def _words(phone: Phone, language: str, chance: Random) -> str:
    words = toml("writing.toml")["digits"][language]
    return _plus(phone) + _pick((" ", "-", " "), chance).join(words[int(digit)] for digit in _dialled(phone))


def _mixed(phone: Phone, language: str, chance: Random) -> str:
    words = toml("writing.toml")["digits"][language]
    return _plus(phone) + " ".join(words[int(digit)] if chance.random() < 0.5 else digit for digit in _dialled(phone))


def _letters(phone: Phone, _: str, chance: Random) -> str:
    known: Mapping[str, str] = toml("writing.toml")["letters"]
    written = plain(phone, "", chance)
    return "".join(_pick(known[sign], chance) if sign in known and chance.random() < 0.7 else sign for sign in written)


def _keycaps(phone: Phone, _: str, chance: Random) -> str:
    return _plus(phone) + _pick(("", " "), chance).join(f"{digit}\ufe0f\u20e3" for digit in _dialled(phone))


def _styled(phone: Phone, _: str, chance: Random) -> str:
    zero = ord(_pick("\uff10\U0001d7ce\U0001d7d8\U0001d7ec", chance))  # full-width, bold, double-struck, sans-serif
    return "".join(chr(zero + int(sign)) if sign.isdigit() else sign for sign in plain(phone, "", chance))


def _starred(phone: Phone, _: str, chance: Random) -> str:
    sign = _pick(("*", "~", "♥", "💋", "•", "🌸"), chance)
    digits = _dialled(phone)
    cuts = (3, 6) if len(digits) == 10 else (5, 8)
    return _plus(phone) + sign.join((digits[: cuts[0]], digits[cuts[0] : cuts[1]], digits[cuts[1] :]))


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
}

HIDDEN = tuple(name for name in WAYS if name != "plain")


def _pick(signs: tuple[str, ...] | str, chance: Random) -> str:
    return signs[int(chance.random() * len(signs))]
