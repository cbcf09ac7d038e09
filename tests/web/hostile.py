"""One file of every collected format, a script in every text of it, and what looks for scripts on a page."""

import csv
import io
import json
from email.message import EmailMessage
from html import escape
from html.parser import HTMLParser
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from PIL import Image, PngImagePlugin

EVIL = "\"'><img src=x onerror=alert(1)></script></style></title></textarea><script>alert(1)</script>{{7*7}}${7*7}"
LINK = "javascript:alert(1)//" + EVIL
NAME = "\"'><svg onload=alert(1)><script>x"  # as part of a file's name, so without a slash
SENDER = NAME.removeprefix("\"'>")  # a sender's name holds no quotes
OFFER = (
    "Cook wanted abroad, no experience needed, good pay. Send a photo of your passport. The ticket is deducted from "
    f"your salary. We keep your passport. {EVIL} Ask for the manager, call (202) 555-0123 or e@x.example {LINK}"
)
ROWS = [
    {
        "account": f"acc{n % 3}{EVIL}", "site": f"jobs.example{EVIL}", "title": EVIL, "text": OFFER, "url": LINK,
        "place": f"Manila {EVIL}", "price": f"5000 PHP {EVIL}", "posted_at": f"2026-03-0{n + 1} {EVIL}", EVIL: EVIL,
    }
    for n in range(6)
]  # fmt: skip
DATED = [row | {"posted_at": f"2026-03-0{n + 1}"} for n, row in enumerate(ROWS)]
PAGE = (
    f"<html><title>{escape(EVIL)}</title><p>{escape(OFFER)}</p><a href='{escape(LINK)}'>{escape(EVIL)}</a>{EVIL}</html>"
)
ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Evil: {EVIL}\r\n\r\n{PAGE}".encode()


def _csv() -> bytes:
    held = io.StringIO()
    writer = csv.DictWriter(held, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(DATED)
    return held.getvalue().encode()


def _parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(DATED), sink)
    return bytes(sink.getvalue())


def _xlsx() -> bytes:
    book, held = Workbook(), BytesIO()
    assert book.active is not None
    for row in [list(ROWS[0]), *(list(one.values()) for one in DATED)]:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def _mail() -> bytes:
    made = EmailMessage()
    made["From"] = '"<script>alert(1)</script>" <evil@x.example>'
    made["Subject"] = EVIL
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    made.set_content(OFFER)
    made.add_alternative(PAGE, subtype="html")
    made.add_attachment(OFFER.encode(), maintype="text", subtype="plain", filename=EVIL.replace("/", ""))
    return made.as_bytes()


def _telegram() -> bytes:
    message = {"id": 1, "type": "message", "date": "2026-03-02T10:00:00", "from": EVIL, "from_id": EVIL}
    entity = {"type": "text_link", "text": EVIL, "href": LINK}
    told = {**message, "text": [OFFER, entity], "forwarded_from": EVIL, "author": EVIL}
    return json.dumps({"name": EVIL, "type": "public_channel", "id": 7, "messages": [told]}).encode()


def _warc() -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
        f"WARC-Date: 2026-01-05T10:00:00Z\r\nWARC-Target-URI: http://example.org/{EVIL}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(ANSWER)}\r\n\r\n"
    )
    return head.encode() + ANSWER + b"\r\n\r\n"


def _arc() -> bytes:
    info = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    link = f"http://example.org/{EVIL.replace(' ', '')}".encode()
    first = b"filedesc://x.arc 0.0.0.0 20090105100000 text/plain %d\n%s\n" % (len(info), info)
    return first + b"%s 192.0.2.1 20090105100000 text/html %d\n%s\n" % (link, len(ANSWER), ANSWER)


def _picture() -> bytes:
    told, held = PngImagePlugin.PngInfo(), BytesIO()
    for name in ("Title", "Author", "Description", "Comment"):
        told.add_text(name, EVIL)
    Image.effect_noise((64, 64), 60).save(held, "PNG", pnginfo=told)
    return held.getvalue()


FILES: dict[str, tuple[str, bytes]] = {
    "csv": ("a.csv", _csv()),
    "jsonl": ("a.jsonl", "\n".join(json.dumps(row) for row in DATED).encode()),
    "json": ("a.json", json.dumps([{**row, "user": {"name": EVIL, EVIL: [EVIL]}} for row in ROWS]).encode()),
    "parquet": ("a.parquet", _parquet()),
    "xlsx": ("a.xlsx", _xlsx()),
    "html": ("a.html", ("<!doctype html>" + PAGE).encode()),
    "warc": ("a.warc", _warc()),
    "arc": ("a.arc", _arc()),
    "mail": ("a.eml", _mail()),
    "whatsapp": ("chat.txt", f"02/03/2026, 18:20 - {SENDER}: {OFFER}\n13/03/2026, 18:21 - {SENDER}: {EVIL}\n".encode()),
    "telegram": ("result.json", _telegram()),
    "text": ("letter.txt", f"Dear all,\n{OFFER}\n{EVIL}\n".encode()),
    "picture": ("a.png", _picture()),
}


class Looked(HTMLParser):
    """What of a page could run, as a browser would read it."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.wrong.append("a script of the page's own")
        if tag in ("style", "iframe", "object", "embed", "base", "foreignobject", "animate", "set", "frame"):
            self.wrong.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in given:
            self.wrong.append("a meta that commands")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction", "xlink:href", "data") and not ours(value):
                self.wrong.append(f"{tag} {name}={value[:60]}")


def ours(link: str) -> bool:
    """Whether an address is one of our own pages; `otpauth` opens an authenticator for one's own key."""
    return (
        link.startswith("#") or link.startswith("otpauth://totp/") or (link[:1] == "/" and link[1:2] not in ("/", "\\"))
    )


def runs(page: str) -> list[str]:
    """What of a page could run or lead elsewhere."""
    looked = Looked()
    looked.feed(page)
    looked.close()
    return looked.wrong
