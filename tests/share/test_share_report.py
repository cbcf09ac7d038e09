"""The report: every part is there, nothing in it acts or loads, and the same input gives the same bytes."""

import json
import random
import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pyarrow as pa
import pytest
from tests.share import world

from undertow.errors import UserError
from undertow.share import build, report
from undertow.share.contract import Provenance, Report
from undertow.testing import table

SECTIONS = ["for", "against", "sum", "class", "texts", "network", "time", "places", "held", "hubs", "evidence"]


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def lead_html(rows: world.Rows | None = None) -> str:
    whole, part = build.readers(world.tables(rows))
    made = build.lead_report(whole, part, world.LEAD, provenance=world.MADE, points=world.POINTS)
    return report.render_html(made)


def without_isolation(html: str) -> str:
    return re.sub("</?bdi>", "", html)


def leads_html(rows: world.Rows | None = None, *, note: str = "") -> str:
    whole, part = build.readers(world.tables(rows))
    return report.render_html(build.leads_report(whole, part, provenance=world.MADE, points=world.POINTS, note=note))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_lead_has_every_section_and_a_way_to_it(section: str) -> None:
    html = lead_html()
    assert f'id="{section}-{world.LEAD}"' in html and f'href="#{section}-{world.LEAD}"' in html


def test_every_way_within_the_report_leads_somewhere() -> None:
    tags = Tags(leads_html()).found
    there = {attributes["id"] for _, attributes in tags if "id" in attributes}
    assert {str(attributes["href"])[1:] for tag, attributes in tags if tag == "a"} <= there


def test_no_id_stands_twice() -> None:
    ids = [attributes["id"] for _, attributes in Tags(leads_html()).found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_section_of_the_overview_is_shorter_than_the_report_on_its_lead() -> None:
    assert leads_html().count('<article class="record"') == 12 < lead_html().count('<article class="record"')


def test_the_overview_tells_leads_rates_files_rejects_assumptions_and_hubs() -> None:
    html = leads_html()
    for text in (
        "1 lead from 41 records",
        "6.2 %",
        "spring export.csv",
        "a row with too few cells",
        "dates are day first",
        "read: fecha as posted_at",
        "912 records of 300 accounts",
    ):
        assert text in html


def test_the_note_stands_in_the_overview() -> None:
    assert "Networks were pure &lt;here&gt;" in leads_html(note="Networks were pure <here>")


def test_a_reason_shows_its_sentence_span_source_grade_and_harmless_explanation() -> None:
    html = without_isolation(lead_html())
    for text in (
        "The same contact stands in the ads of two or more people.",
        '<mark class="hit"><sup>R1</sup>020 7946 0123</mark>',
        "FinCEN FIN-2020-A008, financial indicator 6 – published by an authority",
        "agencies, dispatchers and friends share a phone too",
        "3.1 % of all networks in this workspace show it",
        "24 of 30 points",
    ):
        assert text in html


def test_the_sum_shown_is_the_score() -> None:
    cells = re.findall(r'data-name="points">(−?[\d.]+)', lead_html())
    assert sum(float(cell.replace("−", "-")) for cell in cells) == world.LEAD_ROW["score"]


def test_slots_are_numbered_and_marked_over_real_rows() -> None:
    assert '<mark class="slot c3"><sup>3</sup>020 7946 0123</mark>' in lead_html()


def test_slots_count_from_one_whatever_the_table_calls_them() -> None:
    rows = world.world()
    rows["templates"][0]["pattern"] = json.dumps([{"text": "Hi, "}, {"slot": 40}, {"text": " here"}])
    for item in rows["template_posts"]:
        item["slots"] = json.dumps([[40, 4, 8]])
    assert '<mark class="slot c1"><sup>1</sup>' in lead_html(rows) and "<sup>40</sup>" not in lead_html(rows)


def test_at_most_twelve_rows_of_a_template_are_shown_and_the_rest_counted() -> None:
    html = lead_html()
    assert html.split('<ol class="cut">')[1].split("</ol>")[0].count("<li>") == 12
    assert "… and 18 more posts of this template in this lead." in html


def test_each_record_names_its_file_and_the_file_its_hash() -> None:
    html = without_isolation(lead_html())
    assert "file F1, row 3" in html and world.ORIGINAL in html and "export of a partner, by e-mail" in html


def test_the_middleman_and_what_would_come_apart_are_named() -> None:
    assert "22 records of +442079460123 and 18 of +447700900456 would no longer meet" in lead_html()


def test_provenance_stands_at_the_end() -> None:
    end = lead_html().split('<footer class="ends">')[1]
    for text in ("20260401-120000-ab12", "2026-04-01 12:00 UTC", "5f2d9c0a11", "2026.1", "undertow 0.1.0"):
        assert text in end


def test_nobody_is_called_a_trafficker() -> None:
    assert "trafficker" not in leads_html().lower()


def test_nothing_from_the_data_becomes_markup() -> None:
    tags = {tag for tag, _ in Tags(leads_html(world.hostile())).found}
    assert tags == {tag for tag, _ in Tags(leads_html()).found}


def test_nothing_loads_from_anywhere_and_nothing_runs() -> None:
    for html in (lead_html(), leads_html(world.hostile())):
        for tag, attributes in Tags(html).found:
            assert tag not in {"script", "iframe", "object", "embed", "link", "img", "base", "form"}
            assert not [name for name in attributes if name.startswith("on") or name in {"src", "srcset", "action"}]
            assert str(attributes.get("href", "#")).startswith("#")
        style = html.split("<style>")[1].split("</style>")[0]
        assert "url(" not in style and "@import" not in style


def test_no_link_from_the_data_is_left_whole() -> None:
    assert not re.search(r"https?://", leads_html(world.hostile()))


def test_a_policy_forbids_all_that_the_page_does_not_need() -> None:
    policy = next(a["content"] for tag, a in Tags(lead_html()).found if tag == "meta" and "http-equiv" in a)
    assert str(policy).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_hostile_texts_can_be_written_as_utf8_and_stay_of_bounded_size() -> None:
    assert len(leads_html(world.hostile()).encode("utf-8")) < 600_000


def test_the_same_input_gives_the_same_bytes_in_any_order() -> None:
    mixed = {name: random.Random(3).sample(rows, len(rows)) for name, rows in world.world().items()}
    assert leads_html(mixed) == leads_html()


def test_a_network_of_5000_records_gives_a_page_of_bounded_size() -> None:
    rows = world.world()
    names = [f"p{number:019d}" for number in range(5_000)]
    rows["posts"] = [world.post(spot % 40) | {"post_id": name} for spot, name in enumerate(names)]
    rows["network_members"] = [rows["network_members"][1] | {"record_id": name} for name in names]
    rows["ties"] = [
        {"record_id": name, "via_kind": "phone", "via": f"+4479{n % 97:08d}"} for n, name in enumerate(names)
    ]
    html = lead_html(rows)
    assert len(html) < 200_000 and "more records" in html and "too large to draw each record" in html


def test_a_lead_of_which_nothing_else_is_known_is_still_a_page() -> None:
    html = lead_html({"leads": [world.LEAD_ROW | {"reasons": "", "against": ""}]})
    assert "No sign speaks for a look" in html and "No record of this lead is at hand." in html


def test_a_workspace_without_leads_says_so() -> None:
    assert "One sign alone never makes one." in leads_html({})


def test_nothing_at_all_is_still_a_page() -> None:
    assert "Nothing to report" in report.render_html(Report(Provenance()))


def test_a_lead_that_is_not_there_is_the_users_error_with_a_hint() -> None:
    whole, part = build.readers(world.tables())
    with pytest.raises(UserError) as raised:
        build.lead_report(whole, part, "l9", provenance=world.MADE)
    assert "undertow leads" in raised.value.hint


def test_a_lead_is_found_by_its_network_too() -> None:
    whole, part = build.readers(world.tables())
    assert build.lead_report(whole, part, world.NETWORK, provenance=world.MADE).pages[0].lead.lead_id == world.LEAD


def test_the_strictest_marking_stands_on_the_page() -> None:
    rows = world.world()
    rows["originals"].append(rows["originals"][0] | {"original_id": "77" * 32, "marking": "TLP:RED"})
    rows["posts"][1]["original_id"] = "77" * 32
    assert '<span class="marking">TLP:RED</span>' in without_isolation(lead_html(rows))


def test_no_table_of_records_is_read_as_a_whole() -> None:
    whole, part = build.readers(world.tables())
    asked: list[str] = []

    def noted(name: str) -> pa.Table:
        asked.append(name)
        return whole(name)

    build.leads_report(noted, part, provenance=world.MADE)
    assert not {"posts", "mentions", "ties", "network_members", "template_posts"} & set(asked)


def test_evidence_of_every_kind_of_record_is_shown() -> None:
    rows = world.world()
    rows["incidents"] = [
        {"incident_id": "c1", "original_id": world.NOTES, "title": "A call", "text": "told by a guest"}
    ]
    rows["network_members"].append({"network_id": world.NETWORK, "record_id": "c1"})
    spans = [{"record_id": "c1", "field": "text", "start": 8, "end": 15}]
    rows["leads"][0] |= {"reasons": json.dumps([{"indicator": "told", "points": 3, "examples": spans}])}
    assert '<mark class="hit"><sup>R1</sup>a guest</mark>' in lead_html(rows)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS: Sequence[tuple[str, str]] = (
    *((ink, ground) for ink in ("ink", "soft", "accent", "for", "against") for ground in ("page", "panel")),
    ("hit-ink", "hit"),
    ("ink", "warn"),
    *(("ink", f"s{slot}") for slot in range(1, 7)),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme: str, ink: str, ground: str) -> None:
    light, dark = lead_html().split("prefers-color-scheme: dark", 1)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))
    assert _contrast(colours[ink], colours[ground]) >= 4.5


def test_the_overview_of_signs_uses_what_is_told_of_them() -> None:
    class Told:
        says, grade, source = "A sign that no lead shows.", "study", "somebody 2020"

    rows = world.world()
    rows["signals"].append({"subject_id": "n3", "indicator": "unseen", "subject_kind": "network"})
    whole, part = build.readers(world.tables(rows))
    made = build.leads_report(whole, part, provenance=world.MADE, signs={"unseen": Told()})
    assert "A sign that no lead shows." in report.render_html(made)


def test_the_tables_of_the_made_up_world_are_those_of_the_contract() -> None:
    assert {name: made.schema for name, made in world.tables().items()} == {
        name: table(name, []).schema for name in world.world()
    }
