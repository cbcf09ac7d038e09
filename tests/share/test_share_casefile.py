"""A case in a dossier: all that people wrote is there, pointers lead to evidence, and masks reach every text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from undertow.share import casefile
from undertow.share.casefile import CaseFile, Part, Remark, cited, masked, paragraphs, pointers
from undertow.share.contract import Original, Provenance, Record, Report
from undertow.share.report import render_html

RECORD = Record("p123abc", Original("0f" * 32, name="posts.csv", marking="TLP:RED"), "5", fields={"text": "a red door"})


def told(text: str, **more: object) -> CaseFile:
    return CaseFile("k1", "Harbour", "open", "TLP:AMBER", story=paragraphs(text), **more)  # type: ignore[arg-type]


def test_a_pointer_names_a_record_or_a_span_of_it() -> None:
    assert pointers("as [[p123abc]] and [[p123abc:text:2-5]] say, twice [[p123abc]]") == [
        Part("", "p123abc"), Part("", "p123abc", "text", 2, 5),
    ]  # fmt: skip


def test_what_is_no_pointer_stays_a_text() -> None:
    for text in ("[[", "[[]]", "[[../x]]", "[[p1:text]]", "[[P123ABC]]", "[[<b>]]", "[p123abc]"):
        assert pointers(text) == []
        assert paragraphs(text) == [[Part(text)]]


@given(st.text(alphabet=st.sampled_from("ab [](:)-1\npl\r")))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(
        part.text or "[[" + part.points_at + (f":{part.field}:{part.start}-{part.end}" if part.field else "") + "]]"
        for one in paragraphs(text)
        for part in one
    )
    assert re.sub(r"\s|(?<=[:-])0+(?=\d)", "", kept) == re.sub(r"\s|(?<=[:-])0+(?=\d)", "", text)


def test_a_cited_span_is_pointed_out_and_one_that_is_not_there_is_not() -> None:
    (one,) = cited([Part("", "p123abc", "text", 2, 5)], {"p123abc": RECORD})
    assert [piece.text for piece in one.words if piece.kind == "hit"] == ["red"]
    (other,) = cited([Part("", "p123abc", "text", 2, 500)], {"p123abc": RECORD})
    assert [piece.text for piece in other.words if piece.kind == "hit"] == []
    assert cited([Part("", "pnone")], {"p123abc": RECORD}) == []


def test_a_mask_reaches_title_story_notes_and_tasks() -> None:
    said = paragraphs("call 5550123")
    case = told("call 5550123", notes=[Remark("", "Ana", said)], tasks=[Remark("", "Ana", said)])
    assert "5550123" not in str(masked(case, lambda text: text.replace("5550123", "•••")))


def test_the_dossier_is_marked_as_strictly_as_what_it_cites_and_escapes_all() -> None:
    evil = "<script>alert(1)</script>"
    case = told(
        f"{evil} [[p123abc]]",
        cited=cited([Part("", "p123abc")], {"p123abc": RECORD}),
        notes=[Remark("2026-11-24T10:00:00+00:00", evil, paragraphs(evil))],
        approved={"referral to the hotline": evil},
        gone=["lgone"],
    )
    page = render_html(Report(Provenance(), case=case))
    assert '<span class="marking"><bdi>TLP:RED</bdi></span>' in page
    assert 'href="#c-p123abc"' in page
    assert 'id="c-p123abc"' in page
    assert "<script>alert" not in page
    assert "lgone" in page


def test_an_excerpt_is_cut() -> None:
    long = Record("p1", Original("x"), fields={"text": "word " * 1000})
    (one,) = cited([Part("", "p1")], {"p1": long})
    assert sum(len(piece.text) for piece in one.words) < 2 * casefile.EXCERPT
