"""NCMEC hash sharing, version 2: what its interface answers to a query for entries (XML).

Element names as in the interface's documentation and the client in facebook/threatexchange (clients/ncmec). A file that
declares entities or a document type is not read on: neither belongs there, and both can be made to fill the memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from undertow.match.contract import Entry, Fault, Item, ListFormat, State

_NAMESPACE = b"https://hashsharing.ncmec.org/hashsharing/v2"
_ENTRIES = {"image": False, "video": False, "deletedimage": True, "deletedvideo": True}  # whether it takes one back
_CHUNK = 1 << 16
_DEEPEST = 50


class _Refused(Exception):
    """The file holds what a list must not hold."""


@dataclass(slots=True)
class _Reader:
    """Where in the file we are, and the entries that are whole."""

    path: list[str] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    entry_id: str = ""
    label: str = ""
    member: str = ""
    linked: bool = False  # the fingerprint is not here, only where it could be fetched
    disputed: set[str] = field(default_factory=set)
    hashes: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2].lower()
        self.path.append(name)
        self.said = []
        if len(self.path) > _DEEPEST:
            raise _Refused("elements are nested too deeply")
        if name in _ENTRIES and len(self.path) == 3:
            self.entry_id, self.label, self.member, self.disputed, self.hashes = "", "", "", set(), []
            self.number += 1
        elif name == "negativefeedback":
            self.disputed.add(_plain(attributes.get("type", "")))
        elif name == "member" and len(self.path) == 4:
            self.member = attributes.get("id", "")
        self.linked = "href" in attributes

    def data(self, text: str) -> None:
        if sum(map(len, self.said)) < _CHUNK:
            self.said.append(text)

    def end(self, _tag: str) -> None:
        name, text = self.path.pop(), "".join(self.said).strip()
        parent = self.path[-1] if self.path else ""
        if parent == "fingerprints" and (text or self.linked):
            self.hashes.append((name, text))
        elif parent in _ENTRIES and name == "id":
            self.entry_id = text
        elif parent in _ENTRIES and name == "classification":
            self.label = text
        elif name in _ENTRIES and len(self.path) == 2:
            self._whole(name)
        self.said = []

    def _whole(self, name: str) -> None:
        position, entry_id = str(self.number), f"{self.member}:{self.entry_id}"
        held = self.hashes or ([("", "")] if _ENTRIES[name] else [])
        for algorithm, value in held:
            state: State = "disputed" if _plain(algorithm) in self.disputed else "active"
            state = "withdrawn" if _ENTRIES[name] else state
            self.done.append(Entry(position, algorithm, value, entry_id=entry_id, label=self.label, state=state))
        if not held:
            self.done.append(Fault(position, "there is no hash in this entry"))


def _sniff(_name: str, head: bytes) -> float:
    return 0.9 if b"<" in head[:64] and _NAMESPACE in head else 0.0


def _read(stream: BinaryIO) -> Iterator[Item]:
    reader, parser = _Reader(), expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from reader.done
            reader.done = []
        parser.Parse(b"", True)
    except _Refused as error:
        yield from [*reader.done, Fault(str(reader.number + 1), f"{error}; what follows was not read")]
    except (expat.ExpatError, ValueError, LookupError):
        yield from [
            *reader.done,
            Fault(str(reader.number + 1), "the XML breaks here; what follows was not read"),
        ]


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _refuse(*_declared: object) -> None:
    raise _Refused("a document type or an entity is declared")


_OPEN = b'<?xml version="1.0" encoding="UTF-8"?><queryResult xmlns="' + _NAMESPACE + b'">'

FORMAT = ListFormat(
    name="ncmec_xml",
    version=1,
    sniff=_sniff,
    read=_read,
    media_type="application/xml",
    examples=[
        (
            "entries.xml",
            _OPEN
            + b'<images count="2" maxTimestamp="2017-10-24T15:10:00Z"><image><member id="42">M</member><timestamp>'
            b"2017-10-24T15:00:00Z</timestamp><id>image1</id><classification>A1</classification><fingerprints><md5>%s"
            b'</md5><pdq>%s</pdq></fingerprints><feedback/></image><deletedImage><member id="43">N</member><id>image4'
            b'</id></deletedImage></images><videos count="1"><video><id>v1</id><fingerprints><sha1>%s</sha1>'
            b'<tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/></fingerprints><feedback>'
            b'<negativeFeedback type="Sha1"><reasons/></negativeFeedback></feedback></video></videos></queryResult>'
            % (b"ab" * 16, b"0f" * 32, b"cd" * 20),
            [
                ("md5", "ab" * 16, "active"),
                ("pdq", "0f" * 32, "active"),
                ("", "", "withdrawn"),
                ("sha1", "cd" * 20, "disputed"),
                ("tmk-pdqf", "", "active"),
            ],
        ),
        ("other.xml", b'<?xml version="1.0"?><rss><channel/></rss>', None),
    ],
)
