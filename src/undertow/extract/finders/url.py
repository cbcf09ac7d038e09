"""Links and bare domains, also defanged ("hxxp", "[.]") and spread out ("www. example. com").

Two kinds. `url` is what leads to a page: host and path without "http", "www." and tracking parameters, so that the same
page has one value. `domain` is what one owner registers (`example.co.uk`). `detail` is "shortener" or "platform" where
the host is everybody's: then there is no domain, because it would tie nobody, and the url with its path still may.
Confidence: .99 with a scheme, .95 with "www." or a path, .9 a bare domain, .7 spread out or in look-alike letters,
.5 where it may be two sentences without a space between them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from undertow.extract import hosts, lookalike
from undertow.extract.contract import Finder, Mention, Text

SCHEME = re.compile(
    r"\b(?:h(?:tt|xx|\*\*)ps?|fxp|ftps?)\s?(?:\[:\]|\(:\)|:)\s?(?:\\\\|//|\[//\])\s?(?:[^\s/@]{1,64}@)?$"
)
START = re.compile(rf"(?<=[^\W_])(?:{hosts.DOT}| \.|\. )(?=[^\W_])")
REST = re.compile(r"(?::[0-9]{2,5}(?![0-9]))?(?:[/?#][^\s<>\"'{}|\\^`\[\]«»“”]{0,2000})?")
LATIN_END = re.compile(r"[!-~]*$")
WWW = re.compile(r"www[0-9]?(?:\s?\.\s?|$)")
CLOSING = ".,;:!?'*_~…)"
LONGEST = 80  # characters before the first dot that are looked at
BEFORE = 80  # characters before a host that hold its scheme, and a user's name


class _Place(NamedTuple):
    host: str
    start: int  # of the scheme, where one stands before the host
    first: int
    end: int


def find(text: Text) -> Iterator[Mention]:
    lowered = lookalike.lowered(text.clean)
    done = 0
    for dot in START.finditer(lowered):
        if dot.start() >= done:
            for mention in _link(lowered, text.clean, dot, done):
                done = max(done, mention.end)
                yield mention


def _link(lowered: str, clean: str, dot: re.Match[str], done: int) -> list[Mention]:
    first = _first(lowered, dot.start(), done)
    scheme = SCHEME.search(lowered, max(0, first - BEFORE), first)
    if first == dot.start() or (lowered[first - 1 : first] in {"@", "."} and not scheme):
        return []
    spread = dot[0].strip() == "." != dot[0]
    hit = hosts.SPREAD_HOST.match(lowered, first) if spread else hosts.HOST.match(lowered, first)
    if hit is None or (spread and not _meant(lowered, first, dot[0])):
        return []
    host, length = hosts.ended(clean[first : hit.end()])
    rest = _rest(clean, first + length)
    address = re.fullmatch(r"[0-9.]+", host)
    if (address and not scheme) or not (hosts.known(host) or (scheme and address)):
        return []
    return list(_mentions(_Place(host, scheme.start() if scheme else first, first, first + length), rest, lowered))


def _first(lowered: str, at: int, done: int) -> int:
    first = at
    while first > max(done, at - LONGEST) and (lowered[first - 1].isalnum() or lowered[first - 1] in "-_"):
        first -= 1
    label = lowered[first:at]
    if not label.isascii() and label[-1].isascii():
        label = LATIN_END.search(label)[0]  # type: ignore[index]  # "подробностиexample.com": the space was left out
    return at - len(label.lstrip("-_"))


def _meant(lowered: str, first: int, dot: str) -> bool:
    # in prose a space stands after a full stop, not before it
    return bool(WWW.match(lowered, first)) or not dot.endswith(" ") or bool(dot.strip() != ".")


def _rest(clean: str, at: int) -> str:
    hit = REST.match(clean, at)
    rest = hit[0] if hit else ""
    while rest and rest[-1] in CLOSING and not (rest[-1] == ")" and rest.count("(") >= rest.count(")")):
        rest = rest[:-1]
    return rest


def _mentions(at: _Place, rest: str, lowered: str) -> Iterator[Mention]:
    www = WWW.match(at.host + ".") is not None
    bare = at.host.partition(".")[2] if www else at.host
    sure = _sure(at, lowered[at.first : at.end], www, len(rest) > 1)
    standing = hosts.standing(bare)
    if sure and (at.start < at.first or www or len(rest) > 1):
        yield Mention(bare + _path(rest), at.start, at.end + len(rest), sure, kind="url", detail=standing)
    if sure and not standing and not bare.replace(".", "").isdigit():
        yield Mention(hosts.site(bare), at.first, at.end, sure, kind="domain")


def _sure(at: _Place, written: str, www: bool, path: bool) -> float:
    scheme = at.start < at.first
    if not (scheme or www or path) and hosts.like_prose(at.host):
        return 0.5 if len(at.host.partition(".")[0]) > 7 else 0.0
    if re.search(r"\s", written) or (written != at.host and not re.search(r"[\[({<]", written)):
        return 0.7
    return 0.99 if scheme else 0.95 if www or path else 0.9


def _path(rest: str) -> str:
    path, _, query = rest.partition("#")[0].partition("?")
    path = re.sub(r"^:(?:80|443)(?=/|$)", "", path).rstrip("/")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _tracks(name.lower())]
    return path + ("?" + (query if len(kept) == len(pairs) else urlencode(kept)) if kept else "")


def _tracks(name: str) -> bool:
    return name.startswith("utm_") or name in hosts.listed("tracking")


FINDER = Finder(
    name="url",
    version=1,
    find=find,
    trigger=r"[\pL0-9](?:\.|\s?[\[({<]\s?(?:\.|dot|punto|punct|точка|ponto|point)\s?[\])}>]\s?"
    r"|\s(?:dot|punto|punct|точка|ponto)\s)[\pL0-9]|[\pL0-9]\s\.[\pL0-9]|www[0-9]?\s?\.\s",
    fields=frozenset({"title", "text", "place_text", "name", "account", "handle"}),
    examples={
        "See https://www.Example.com/Menu?id=7&utm_source=x.": ["example.com/Menu?id=7", "example.com"],
        "hxxps://shop[.]example[.]co[.]uk and example dot org": ["shop.example.co.uk", "example.co.uk", "example.org"],
        "short: bit.ly/3xYz": ["bit.ly/3xYz"],
        "Call me.No texts. I am 1.75 m, e.g. tall": [],
    },
)
