"""E-mail addresses, also with "at" and "dot" in words or brackets.

`value` is the address in lower case. Confidence: .98 as usual, .5 where the ending of its host is no top-level name,
.9 with brackets or words for both signs, .8 where only the at sign is a word and the host is a known mail service.
"""

import re
from collections.abc import Iterator

from undertow.extract import hosts, lookalike
from undertow.extract.contract import Finder, Mention, Text

_WORD = r"at|arroba|собака|собачка|chiocciola|arobase"
AT = re.compile(rf" ?@ ?| ?[\[({{<] ?(?:{_WORD}|@) ?[\])}}>] ?| (?:{_WORD}) ")
LOCAL = re.compile(rf"(?<![\w.+%-])[\w+%'-]{{1,64}}(?:{hosts.DOT}[\w+%'-]{{1,64}}){{0,4}}$")
PLAIN_LOCAL = re.compile(r"(?<![\w.+%-])[\w+%'-]{1,64}(?:\.[\w+%'-]{1,64}){0,4}$")
USER_OF_A_LINK = re.compile(r"://[^\s/]*$")
LONGEST = 90  # characters of a local part that are looked at


def find(text: Text) -> Iterator[Mention]:
    lowered = lookalike.lowered(text.clean)
    done = 0
    for hit in AT.finditer(lowered):
        if hit.start() < done:
            continue
        mention = _address(lowered, text.clean, hit, done)
        if mention:
            done = mention.end
            yield mention


def _address(lowered: str, clean: str, at: re.Match[str], done: int) -> Mention | None:
    host = hosts.HOST.match(lowered, at.end()) or (hosts.SPREAD_HOST.match(lowered, at.end()) if at[0] != "@" else None)
    if host is None:
        return None
    first = max(done, at.start() - LONGEST)
    plain = at[0] == "@"
    local = (PLAIN_LOCAL if plain else LOCAL).search(lowered, first, at.start())
    if local is None or USER_OF_A_LINK.search(lowered, first, local.start()):
        return None
    name = ".".join(hosts.labels(local[0])).strip("'-")
    whole, length = hosts.ended(clean[host.start() : host.end()])
    sure = _sure(at[0], host[0], whole)
    return Mention(f"{name}@{whole}", local.start(), host.start() + length, sure) if sure and name else None


def _sure(at: str, written: str, host: str) -> float:
    worded = at.strip() != "@"
    bare = worded and not set(at) & set("[({<")
    disguised_dot = bool(re.search(r"[^\w.-]", written))
    service = host.partition(".")[0] in hosts.listed("mail")
    if not hosts.known(host):
        return 0.5 if at == "@" and host.rpartition(".")[2].isalpha() else 0.0
    if bare:  # "search Lazada at deals .example .com" is a place in English, "arroba" is always an address
        said = at.strip() != "at" or hosts.SAID_DOT.search(written)
        return 0.9 if said else 0.8 if service else 0.0
    if at not in {"@", at.strip()} and at.strip() == "@":
        return 0.8 if service else 0.6 if at in {" @", "@ "} else 0.0
    return 0.9 if worded or disguised_dot else 0.98


FINDER = Finder(
    name="email",
    version=1,
    find=find,
    trigger=rf"@|[\[({{<]\s?(?:{_WORD})\s?[\])}}>]|\s(?:{_WORD})\s+[^\s.]+(?:\s?\.\s?|\s?[\[({{<]|\s(?:dot|punto|punct|точка|ponto)\s)",
    examples={
        "Write to Ana@Example.com.": ["ana@example.com"],
        "ana.maria (at) example [dot] co [dot] uk": ["ana.maria@example.co.uk"],
        "escribe a ana arroba example punto com hoy": ["ana@example.com"],
        "no address here @ all, meet me at example.com": [],
    },
)
