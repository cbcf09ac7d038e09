"""A masked report holds no whole selector, and its spans still point at the same places."""

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.share import world

from undertow.share import build, redact, report

DIGITS = re.compile(r"\D")


def masked_html() -> str:
    whole, part = build.readers(world.tables())
    made = build.lead_report(whole, part, world.LEAD, provenance=world.MADE, points=world.POINTS, masked=True)
    return report.render_html(made)


def test_all_but_the_last_two_letters_are_masked() -> None:
    assert redact.mask("+44 20 7946 0123") == "+•• •• •••• ••23"
    assert redact.mask("ana@post.example") == "•••@••••.•••••le"


def test_a_short_value_is_masked_whole() -> None:
    assert redact.mask("@mira") == "@••••"


def test_a_value_that_no_finder_read_is_masked_by_its_looks() -> None:
    hide = redact.masker([])
    assert hide("ring 07700-900456 today") == "ring •••••-••••56 today"
    assert hide("write ana@post.example or @ana_bell") == "write •••@••••.•••••le or @•••_••ll"
    assert hide("see https://ads.example/1") == "see •••••://•••.••••••e/1"


def test_days_are_no_phone_numbers() -> None:
    assert redact.masker([])("seen 2026-01-05 to 2026-03-24") == "seen 2026-01-05 to 2026-03-24"


def test_a_short_name_is_masked_as_a_word_and_not_inside_others() -> None:
    assert redact.masker(["ana"])("ana sells bananas") == "••• sells bananas"


def test_what_one_span_leaves_in_sight_is_not_the_middle_of_another() -> None:
    assert redact.mask_spans("0207946012345", [(0, 8), (4, 13)]) == "•••••••••••45"


@given(st.text(max_size=40))
def test_masking_keeps_the_length(text: str) -> None:
    assert len(redact.mask(text)) == len(text)
    assert len(redact.masker(["abc", text[:5]])(text)) == len(text)


def test_no_phone_number_of_the_world_is_left_in_any_form() -> None:
    html = masked_html()
    for original, value in world.PHONES:
        assert original not in html and value not in html
        assert DIGITS.sub("", original) not in DIGITS.sub("", re.sub(r"[0-9a-f]{20,}", "", html))


def test_no_account_handle_or_link_of_the_world_is_left() -> None:
    html = masked_html()
    assert "telegram:mira" not in html and "tansy_1" not in html and "boards.example/ad" not in html


def test_no_name_that_was_found_is_left_in_a_text_or_a_heading() -> None:
    html = masked_html()
    for name in world.NAMES:
        assert f"Hi, {name}" not in html and f"{name} in " not in html and f"ask {name}" not in html


def test_the_parts_of_a_number_in_slots_are_not_listed() -> None:
    assert ">masked<" in masked_html()


def test_a_masked_report_says_so_and_keeps_what_it_must() -> None:
    html = masked_html()
    assert "Masked for sharing." in html and world.ORIGINAL in html and "Leeds" in html
    assert '<mark class="hit"><sup>R1</sup>••• •••• ••23</mark>' in html


def test_the_list_of_what_was_set_aside_is_masked_too() -> None:
    rows = world.world()
    rows["hubs"].append(
        {"via_kind": "phone", "via": "+442079460999", "records": 5_000, "why": "+442079460999 is a hub"}
    )
    whole, part = build.readers(world.tables(rows))
    html = report.render_html(build.leads_report(whole, part, provenance=world.MADE, masked=True))
    assert "7946" not in html and "99 is a hub" in html
