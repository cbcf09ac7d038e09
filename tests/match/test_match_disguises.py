"""What may change in a text without hiding that it was cut from the same template."""

import pytest

from undertow.match import group_texts

AD = (
    "Spacious room to let near the river park, newly painted, with a quiet garden; ask for Ana at 07700 900123 "
    "any evening, rent £450 a month"
)
DISGUISES = {
    "another phone": AD.replace("07700 900123", "020 7946 0999"),
    "a spaced phone": AD.replace("07700 900123", "0 7 7 0 0 9 0 0 1 2 3"),
    "a phone in emoji": AD.replace("07700 900123", "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣"),
    "an e-mail for a phone": AD.replace("07700 900123", "ana@example.com"),
    "a link for a phone": AD.replace("07700 900123", "https://www.example.com/room/12?x=3"),
    "a handle for a phone": AD.replace("07700 900123", "@ana_rooms"),
    "another price": AD.replace("£450", "£1,250.00"),
    "another name": AD.replace("Ana", "Bela"),
    "capitals": AD.upper(),
    "diacritics": AD.replace("room", "röom").replace("painted", "paínted"),
    "letters of another script": AD.replace("a", "а").replace("e", "е").replace("o", "о"),
    "full-width letters": "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in AD),
    "digits for letters": AD.replace("e", "3").replace("o", "0"),
    "emoji between words": AD.replace(" room ", " 🏠 room 🌹 ").replace(",", " ✨"),
    "no punctuation": AD.replace(",", "").replace(";", ""),
    "invisible spaces": AD.replace(" ", " \u200b"),
    "invisible joiners": AD.replace("oo", "o\u200do"),
    "misread letters, l and i": AD.replace("let", "iet").replace("newly", "newiy"),
    "misread letters, rn and m": AD.replace("room", "roorn").replace("month", "rnonth"),
    "misread letters, 0 and o": AD.replace("to let", "t0 let").replace("room", "ro0m"),
    "line breaks": AD.replace(" ", "\r\n", 3),
}
OTHER_AD = (
    "Careful driver with own van moves tables, chairs and boxes across town at the weekend; call 07700 900123 "
    "any evening for a fair price"
)


@pytest.mark.parametrize("changed", DISGUISES.values(), ids=DISGUISES)
def test_a_disguise_does_not_hide_a_template(changed: str) -> None:
    assert changed != AD
    assert group_texts([OTHER_AD, AD, changed]) == [0, 1, 1]


def test_one_phone_does_not_make_one_template_of_two_ads() -> None:
    assert group_texts([AD, OTHER_AD]) == [0, 1]


SCRIPTS = {
    "Japanese": (
        "日本語の求人です。寮完備、日払い可能、未経験者歓迎",
        "日本語の求人です。寮完備、日払い可能、経験者歓迎",
    ),
    "Thai": ("ขายบ้านสวนใกล้แม่น้ำ ราคาดี ติดต่อคุณมาลี", "ขายบ้านสวนใกล้แม่น้ำ ราคาดี ติดต่อคุณสมศรี"),
    "Russian": (
        "Сдам комнату у парка недорого, тихий двор, звоните вечером",
        "Сдам комнату у парка недорого, тихий двор, звоните утром",
    ),
    "Arabic": (
        "غرفة للإيجار قرب النهر في حي هادئ اتصل مساء",
        "غرفة للإيجار قرب النهر في حي هادئ اتصل صباح",
    ),
}


@pytest.mark.parametrize("pair", SCRIPTS.values(), ids=SCRIPTS)
def test_templates_are_found_in_other_scripts(pair: tuple[str, str]) -> None:
    assert group_texts(list(pair)) == [0, 0]


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "<REDACTED>", "<blank>", "N/A", "[deleted]", "*No text*"])
def test_what_is_no_text_is_alone(nothing: str) -> None:
    assert group_texts([nothing, nothing, AD, AD]) == [0, 1, 2, 2]
