"""Makes tests/extract/data/obscured_phones.csv: disguised numbers in six ways and five languages, and hard negatives.

Usage: python tests/extract/make_obscured_phones.py. Every number is reserved for fiction (US 555-01xx, Ofcom drama
ranges) or is the example number of its country in libphonenumber. The same seed gives the same file.
"""

import csv
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

TARGET = Path(__file__).parent / "data" / "obscured_phones.csv"
WORDS = tomllib.loads((Path(__file__).parent / "data" / "obscured_words.toml").read_text("utf-8"))
EACH = 12  # texts of every way and language
LANGUAGES = {
    "en": (("US", "GB"), "zero one two three four five six seven eight nine"),
    "tl": (("PH",), "sero isa dalawa tatlo apat lima anim pito walo siyam"),
    "es": (("ES", "MX"), "cero uno dos tres cuatro cinco seis siete ocho nueve"),
    "ro": (("RO", "MD"), "zero unu doi trei patru cinci șase șapte opt nouă"),
    "ru": (("RU",), "ноль один два три четыре пять шесть семь восемь девять"),
}
FULLWIDTH, CIRCLED, ARABIC, BOLD, RAISED = (
    "０１２３４５６７８９",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "٠١٢٣٤٥٦٧٨٩",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
)


def numbers(country: str) -> list[phonenumbers.PhoneNumber]:
    """Reserved numbers of a country."""
    if country == "US":
        return [
            phonenumbers.parse(f"+1{area}55501{n:02}")
            for area, n in (("202", 43), ("415", 7), ("305", 88), ("713", 19))
        ]
    if country == "GB":
        return [phonenumbers.parse(n) for n in ("+447700900123", "+442079460018", "+447700900846", "+441632960555")]
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
    return [n for kind in kinds if (n := phonenumbers.example_number_for_type(country, kind))]


def words(digits: str, said: list[str], rng: random.Random) -> str:
    joint = rng.choice([" ", "-", " - ", ", ", "  "])
    return joint.join(said[int(digit)] for digit in digits)


def mixed(digits: str, said: list[str], rng: random.Random) -> str:
    glue = rng.choice(["", "", " "])
    return glue.join(said[int(digit)] if rng.random() < 0.4 else digit for digit in digits)


def letters(digits: str, said: list[str], rng: random.Random) -> str:
    swapped = digits.translate(str.maketrans("01", rng.choice("oO") + rng.choice("lI")))
    return re.sub(r"(.{3})(.{3})", rng.choice([r"\1 \2 ", r"\1-\2-", r"\1\2"]), swapped, count=1)


def keycaps(digits: str, said: list[str], rng: random.Random) -> str:
    return rng.choice(["", " "]).join(digit + "\ufe0f\u20e3" for digit in digits)


def styled(digits: str, said: list[str], rng: random.Random) -> str:
    alphabet = rng.choice([FULLWIDTH, CIRCLED, ARABIC, BOLD, RAISED])
    return "".join(alphabet[int(digit)] for digit in digits)


def marks(digits: str, said: list[str], rng: random.Random) -> str:
    joint = rng.choice(["*", " * ", "~", "_", "💋", " 🌹 ", "•", " . ", " ", ".", "\u200b"])
    size = rng.choice([1, 1, 2, 3])
    return joint.join(digits[i : i + size] for i in range(0, len(digits), size))


WAYS: dict[str, Callable[[str, list[str], random.Random], str]] = {
    "words": words,
    "mixed": mixed,
    "letters": letters,
    "keycaps": keycaps,
    "styled": styled,
    "marks": marks,
}


def doubled(digits: str, said: list[str], rng: random.Random) -> str:
    spelled = " ".join(said[int(digit)] for digit in digits)
    for word in said:
        spelled = spelled.replace(f"{word} {word}", f"double {word}")
    return spelled.title() if rng.random() < 0.5 else spelled.upper()


def upright(digits: str, said: list[str], rng: random.Random) -> str:
    size = rng.choice([1, 2, 3])
    return "\n".join(digits[i : i + size] for i in range(0, len(digits), size))


def two_scripts(digits: str, said: list[str], rng: random.Random) -> str:
    return "".join(rng.choice([FULLWIDTH, ARABIC, "0123456789"])[int(digit)] for digit in digits)


def hearts(digits: str, said: list[str], rng: random.Random) -> str:
    return "".join(digit + rng.choice(["❤️", "✨", "-", "", "🍒", "/"]) for digit in digits[:-1]) + digits[-1]


def letters_and_marks(digits: str, said: list[str], rng: random.Random) -> str:
    return marks(digits.replace("0", "o", 2), said, rng)


def worded_pairs(digits: str, said: list[str], rng: random.Random) -> str:
    return " . ".join(digit if i % 2 else said[int(digit)] for i, digit in enumerate(digits))


SECOND: dict[str, Callable[[str, list[str], random.Random], str]] = {
    "doubled": doubled,
    "upright": upright,
    "two scripts": two_scripts,
    "hearts": hearts,
    "letters and marks": letters_and_marks,
    "worded pairs": worded_pairs,
}


def bracketed(digits: str, said: list[str], rng: random.Random) -> str:
    return "".join(f"({digit})" for digit in digits)


def camel(digits: str, said: list[str], rng: random.Random) -> str:
    return "".join(said[int(digit)].capitalize() for digit in digits)


def hidden(digits: str, said: list[str], rng: random.Random) -> str:
    return "".join(
        rng.choice([digit, FULLWIDTH[int(digit)]]) + rng.choice(["", "\u200b", "\u2060"]) for digit in digits
    )


def half_words(digits: str, said: list[str], rng: random.Random) -> str:
    middle = len(digits) // 2
    return digits[:middle] + rng.choice([" ", "-", " / "]) + " ".join(said[int(digit)] for digit in digits[middle:])


def dotted_pairs(digits: str, said: list[str], rng: random.Random) -> str:
    return rng.choice(["…", "..", " | ", "--", "~~"]).join(digits[i : i + 3] for i in range(0, len(digits), 3))


def raised_gaps(digits: str, said: list[str], rng: random.Random) -> str:
    return "  ".join(rng.choice([RAISED, CIRCLED, BOLD])[int(digit)] for digit in digits)


HELD_OUT: dict[str, Callable[[str, list[str], random.Random], str]] = {
    "bracketed": bracketed,
    "camel": camel,
    "hidden": hidden,
    "half words": half_words,
    "dotted pairs": dotted_pairs,
    "raised gaps": raised_gaps,
}


def framed(
    seed: int, ways: dict[str, Callable[[str, list[str], random.Random], str]], frames: Sequence[str]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Every way in every frame and language."""
    rng = random.Random(seed)
    for language, (countries, said) in LANGUAGES.items():
        for way, disguise in ways.items():
            for frame in frames:
                country = rng.choice(countries)
                number = rng.choice(numbers(country))
                digits = re.sub("[^0-9]", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
                text = frame.format(disguise(digits, said.split(), rng))
                yield language, way, country, text, phonenumbers.format_number(number, PhoneNumberFormat.E164)


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Language, way, country, text, and the number in E.164 that stands in it ("" where none does)."""
    rng = random.Random(20261124)
    for language, (countries, said) in LANGUAGES.items():
        for way, disguise in WAYS.items():
            for _ in range(EACH):
                country = rng.choice(countries)
                number = rng.choice(numbers(country))
                written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
                digits = re.sub("[^0-9]", "", written)
                text = rng.choice(WORDS["sentences"][language]).format(disguise(digits, said.split(), rng))
                yield language, way, country, text, phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for text in WORDS["hard"]:
        for country in ("US", "PH", "RO"):
            yield "", "none", country, text, ""


if __name__ == "__main__":
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("part", "language", "way", "country", "text", "expected"))
        writer.writerows(("known", *row) for row in rows())
        writer.writerows(("known", *row) for row in framed(7, SECOND, WORDS["frames"]))
        writer.writerows(("held out", *row) for row in framed(11, HELD_OUT, WORDS["late_frames"]))
        writer.writerows(
            ("held out", "", "none", country, text, "") for text in WORDS["late_hard"] for country in ("US", "GB", "ES")
        )
