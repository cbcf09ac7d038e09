"""Each format's own ways: chats, pages, mail, workbooks, JSON of many shapes, archives of the web."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.collect.conftest import Collected

Read = Callable[..., Collected]


def texts(found: Collected) -> list[str]:
    return [post["text"] for post in found.posts]


def extra(post: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(post["extra"])
    return made


@pytest.mark.parametrize(
    "line",
    [
        "30/12/21, 22:01 - Ana: Hi",
        "12/30/21, 10:01 PM - Ana: Hi",
        "12/30/21, 10:01\u202fPM - Ana: Hi",
        "30/12/2021 22:01 - Ana: Hi",
        "30.12.21, 22:01 - Ana: Hi",
        "2021-12-30, 22:01 - Ana: Hi",
        "2021/12/30, 22:01 - Ana: Hi",
        "30/12/2021, 10:01 p. m. - Ana: Hi",
        "30/12/2021 às 22:01 - Ana: Hi",
        "[30/12/21, 22:01:00] Ana: Hi",
        "\u200e[30.12.21, 22:01:00] Ana: \u200eHi",
        "[2021-12-30, 22:01] Ana: Hi",
    ],
)
def test_a_whatsapp_line_of_any_layout_is_read(read: Read, line: str) -> None:
    [post] = read("chat.txt", f"{line}\n".encode()).posts
    assert (post["account"], post["text"], post["site"], post["kind"]) == ("Ana", "Hi", "whatsapp.com", "message")
    assert post["posted_at"] == datetime(2021, 12, 30, 22, 1, tzinfo=UTC)


def test_a_message_of_many_lines_is_one(read: Read) -> None:
    found = read("chat.txt", b"30/12/21, 22:01 - Ana: one\n\ntwo: three\n30/12/21, 22:02 - Ben: four\n")
    assert texts(found) == ["one\n\ntwo: three", "four"]


def test_a_notice_of_the_chat_has_no_account(read: Read) -> None:
    found = read("chat.txt", b'30/12/21, 22:00 - Ana named it "Re: rooms"\n30/12/21, 22:01 - Ana: Hi\n')
    assert [(post["account"], post["text"]) for post in found.posts] == [
        ("", 'Ana named it "Re: rooms"'),
        ("Ana", "Hi"),
    ]


def test_all_chats_of_a_telegram_account_are_read(read: Read) -> None:
    message = {"id": 1, "type": "message", "date": "2024-01-05T10:00:00", "date_unixtime": "1704448800", "from": "Ana"}
    chats = [{"name": name, "messages": [{**message, "text": f"hi {name}"}]} for name in ("one", "two", "two")]
    found = read("result.json", json.dumps({"chats": {"list": chats}}).encode())
    assert texts(found) == ["hi one", "hi two", "hi two"]
    assert len({post["post_id"] for post in found.posts}) == 3
    assert found.posts[0]["posted_at"] == datetime(2024, 1, 5, 10, tzinfo=UTC)


def test_who_joined_a_telegram_chat_is_kept(read: Read) -> None:
    notice = {"id": 1, "type": "service", "date": "2024-01-05T10:00:00", "actor": "Ana", "members": ["Ben"], "text": ""}
    [post] = read("result.json", json.dumps({"name": "x", "messages": [notice]}).encode()).posts
    assert post["account"] == "Ana"
    assert extra(post)["members"] == ["Ben"]


def test_a_telegram_export_that_breaks_off_gives_what_it_has(read: Read) -> None:
    message = {"id": 1, "type": "message", "date": "2024-01-05T10:00:00", "from": "Ana", "text": "hi"}
    found = read("result.json", json.dumps({"name": "x", "messages": [message, message]}).encode()[:-40])
    assert texts(found) == ["hi"]
    assert len(found.rejects) == 1


def test_other_chat_exports_are_read_by_their_headers(read: Read) -> None:
    data = {"messages": [{"sender_name": "Ana", "timestamp_ms": 1579294140000, "content": "Hi"}]}
    [post] = read("message_1.json", json.dumps(data).encode()).posts
    assert (post["account"], post["text"]) == ("Ana", "Hi")
    assert post["posted_at"] == datetime(2020, 1, 17, 20, 49, tzinfo=UTC)


def test_inner_objects_are_columns(read: Read) -> None:
    [post] = read("posts.json", b'[{"text": "Hi", "user": {"name": "Ana"}, "shoe": {"size": {"eu": 38}}}]').posts
    assert post["account"] == "Ana"
    assert extra(post) == {"shoe.size.eu": 38}


def test_every_list_in_an_object_is_mapped_on_its_own(read: Read) -> None:
    data = {
        "source": "a platform",
        "posts": [{"text": "A room to let"}],
        "users": [{"username": "ana", "email": "ana@example.org", "phone": "020 7946 0123", "full name": "Ana"}],
    }
    found = read("export.json", json.dumps(data).encode())
    assert texts(found) == ["A room to let"]
    assert [account["handle"] for account in found.accounts] == ["ana"]
    assert found.posts[0]["position"] == "posts!1"
    assert "outside the lists of records stand: source" in found.notes


def test_json_that_breaks_off_gives_what_it_has(read: Read) -> None:
    found = read("posts.json", b'[{"text": "one"}, {"text": "two"}, {"te')
    assert texts(found) == ["one", "two"]
    assert [row["position"] for row in found.rejects] == ["after 2"]


def test_a_line_that_is_no_json_is_rejected_with_its_number(read: Read) -> None:
    found = read("posts.jsonl", b'{"text": "one"}\nnothing\n[1]\n{"text": "two"}\n')
    assert [(post["position"], post["text"]) for post in found.posts] == [("1", "one"), ("4", "two")]
    assert [row["position"] for row in found.rejects] == ["2", "3"]


def test_a_page_shows_its_blocks_as_lines_and_hides_its_scripts(read: Read) -> None:
    page = b"""<html lang="en-GB"><head><title> Rooms </title><style>p{}</style></head><body><h1>To let</h1>
    <p>Two <b>quiet</b> rooms<br>in town</p><script>x()</script><ul><li>garden<li>stove</ul>tail</body></html>"""
    [post] = read("page.html", page).posts
    assert (post["title"], post["language"], post["kind"]) == ("Rooms", "en", "page")
    assert post["text"] == "To let\nTwo quiet rooms\nin town\ngarden\nstove\ntail"


def test_a_contact_that_stands_only_behind_a_link_is_shown(read: Read) -> None:
    page = b'<html><body><a href="https://wa.me/442079460123">WhatsApp</a> <a href="tel:020">020</a> <a href="/x">x</a>'
    assert texts(read("page.html", page)) == ["WhatsApp (https://wa.me/442079460123) 020 x"]


def test_a_page_is_read_in_the_encoding_it_names(read: Read) -> None:
    page = '<html><meta charset="windows-1251"><p>Сдаётся комната</p>'.encode("cp1251")
    assert texts(read("page.html", page)) == ["Сдаётся комната"]


def test_a_page_says_its_own_address_and_time(read: Read) -> None:
    page = b"""<html><link rel="canonical" href="https://example.org/a"><meta property="article:published_time"
    content="2024-01-05T10:00:00Z"><p>Hi</p>"""
    [post] = read("page.html", page).posts
    assert (post["url"], post["site"], post["posted_at"]) == (
        "https://example.org/a",
        "example.org",
        datetime(2024, 1, 5, 10, tzinfo=UTC),
    )


def test_deeply_nested_pages_are_read(read: Read) -> None:
    assert texts(read("page.html", b"<html><body>" + b"<div>" * 5000 + b"deep")) == ["deep"]


MAIL = b"""From: =?utf-8?q?Ana_Mu=C3=B1oz?= <ana@example.org>
To: Ben <ben@example.org>
Subject: A room
Date: Fri, 05 Jan 2024 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The room is free ma=F1ana.
--y
Content-Type: text/html

<p>The room is free</p>
--y--
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename=plan.pdf

x
--x--
"""


def test_a_mail_keeps_its_people_its_time_and_the_names_of_its_attachments(read: Read) -> None:
    [post] = read("one.eml", MAIL).posts
    assert (post["account"], post["title"]) == ("Ana Muñoz <ana@example.org>", "A room")
    assert post["text"] == "The room is free mañana."
    assert post["posted_at"] == datetime(2024, 1, 5, 9, tzinfo=UTC)
    assert extra(post)["attachments"] == ["plan.pdf"]
    assert extra(post)["to"] == "Ben <ben@example.org>"


def test_a_mail_in_html_only_is_read_as_a_page(read: Read) -> None:
    data = b"From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: text/html\n\n<p>One</p><p>Two</p>\n"
    assert texts(read("one.eml", data)) == ["One\nTwo"]


def test_a_mailbox_is_split_where_messages_begin_and_nowhere_else(read: Read) -> None:
    one = b"From - Fri Jan  5 10:00:00 2024\nFrom: a@example.org\nSubject: x\n\nFrom here on,\n\n>From quoted\n\n"
    assert texts(read("box.mbox", one * 2)) == ["From here on,\n\nFrom quoted"] * 2


def workbook() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Ads"
    first.append(["fecha", "texto", "precio"])
    first.append([datetime(2024, 1, 5, 10, 30), "A room to let", 250])
    second = book.create_sheet("Pagos")
    second.append(["fecha", "importe", "ordenante", "beneficiario"])
    second.append([datetime(2024, 1, 6), 12.5, "Ana", "Ben"])
    book.create_sheet("Empty")
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def test_every_sheet_of_a_workbook_is_mapped_on_its_own(read: Read) -> None:
    found = read("book.xlsx", workbook())
    assert (found.posts[0]["text"], found.posts[0]["price_text"]) == ("A room to let", "250")
    assert found.posts[0]["posted_at"] == datetime(2024, 1, 5, 10, 30, tzinfo=UTC)
    assert found.posts[0]["position"] == "Ads!2"
    assert (str(found.payments[0]["amount"]), found.payments[0]["payee"]) == ("12.50000000", "Ben")
    assert "the sheet Empty is empty" in found.notes


def test_a_broken_workbook_is_said(read: Read) -> None:
    assert read("book.xlsx", workbook()[:-200]).reasons == ["the workbook cannot be read"]


def test_parquet_keeps_times_and_inner_values(read: Read) -> None:
    sink = pa.BufferOutputStream()
    rows = [{"text": "Hi", "posted_at": datetime(2024, 1, 5, tzinfo=UTC), "shoe": {"size": 7}, "tags": ["a"]}]
    pq.write_table(pa.Table.from_pylist(rows), sink)
    [post] = read("posts.parquet", sink.getvalue().to_pybytes()).posts
    assert post["posted_at"] == datetime(2024, 1, 5, tzinfo=UTC)
    assert extra(post) == {"tags": ["a"], "shoe.size": 7}


def test_parquet_of_endless_repetition_is_refused(read: Read) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": pa.nulls(70_000_000, pa.bool_())}), sink)
    assert read("posts.parquet", sink.getvalue().to_pybytes()).reasons == [
        "refused: it unpacks to too much for its size"
    ]


def warc(*records: tuple[str, str, bytes]) -> bytes:
    made = b""
    for number, (kind, media_type, body) in enumerate(records):
        content = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s" % (media_type.encode(), body)
        when = datetime(2024, 1, 5, 10, tzinfo=UTC) + timedelta(minutes=number)
        made += (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Date: {when:%Y-%m-%dT%H:%M:%SZ}\r\n"
            f"WARC-Target-URI: https://www.example.org/{number}\r\nContent-Type: application/http; msgtype={kind}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        ).encode() + content
        made += b"\r\n\r\n"
    return made


def test_pages_of_a_web_archive_have_the_address_and_time_of_their_capture(read: Read) -> None:
    found = read("x.warc", warc(("response", "text/html", b"<p>Hi</p>"), ("response", "text/plain", b"words")))
    assert texts(found) == ["Hi", "words"]
    assert (found.posts[1]["url"], found.posts[1]["site"]) == ("https://www.example.org/1", "example.org")
    assert found.posts[1]["posted_at"] == datetime(2024, 1, 5, 10, 1, tzinfo=UTC)


def test_what_is_no_page_is_counted(read: Read) -> None:
    found = read("x.warc", warc(("response", "image/png", b"x"), ("response", "text/html", b"<p>Hi</p>")))
    assert texts(found) == ["Hi"]
    assert found.notes == ["records that are no pages: 1 response image/png"]


def test_a_cut_web_archive_gives_the_pages_before_the_cut(read: Read) -> None:
    data = warc(("response", "text/html", b"<p>Hi</p>"), ("response", "text/html", b"<p>Ho</p>" * 99))
    found = read("x.warc", data[:-1000])
    assert texts(found)[0] == "Hi"
