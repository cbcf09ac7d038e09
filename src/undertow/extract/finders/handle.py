"""Names on platforms, from links ("t.me/ana_99"), from what stands before them ("tg: @ana_99", "IG ana.99") and bare.

`value` is "platform:name" in lower case, `detail` the platform. An invitation is "telegram:invite/AbC" with its letters
as they are. A link that holds a telephone number gives two mentions, the handle "whatsapp:+12025550143" and the phone;
"WhatsApp +1 202..." in words is a phone only. A bare "@name" takes the platform named within 60 characters (.7); where
none is, it is "unknown:name" with a confidence of .4: the same name may be two people on two platforms.
Confidence: .97 a link, .9 a cue and "@", .85 a cue and ":", .6 a cue and a name that no dictionary holds (with a digit,
a full stop or "_").
"""

import re
from collections.abc import Iterator

from undertow.extract import hosts, lookalike, numbering
from undertow.extract.contract import Finder, Mention, Text
from undertow.extract.platforms import TOUCHING, any_of, cue_pattern, cues, links, not_names, platforms, spoken

_LINKS = any_of(links())
_HAN = "[\u4e00-\u9fff]"  # written without spaces: a name may follow at once
_CUE = rf"(?:{cue_pattern()})(?:(?<={_HAN})|(?!{TOUCHING}))"
ANCHOR = re.compile(rf"(?<!{TOUCHING})(?:(?P<link>{_LINKS})|(?P<cue>{_CUE})|(?P<at>@)(?=[\w.]))")
_TO = r"(?:\s?(?:id|user ?name|user|name|acc(?:ount)?|channel|ник|аккаунт|юзер|usuario|cont|is|me|at|on))?"
JOIN = re.compile(
    rf"(?P<to>{_TO})"
    r"\s{0,2}(?P<sign>@|:\s{0,2}@?|[=>»→]{1,2}\s?@?|-\s{0,2}@|-\s|–\s|\(\s?@?|)"
)
LINKED = re.compile(rf"(?:https?://)?(?:[a-z]{{1,6}}(?:-[a-z]{{2}})?\.)?(?:{_LINKS})")  # m., www., en-gb.
NAME = re.compile(r"[\w.,:-]{1,64}", re.ASCII)
INVITATION = re.compile(r"[A-Za-z0-9_-]{8,40}")
PHONE = re.compile(r"(?:\+|%2[bB]|00)?([0-9]{8,15})(?![0-9])")
PROFILE = re.compile(r"profile\.php\?id=([0-9]{5,20})|people/[^/\s]{1,80}/([0-9]{5,20})|groups/([\w.]{3,60})")
NEAR = 60
QUERY = ("?", "/", "#", "&")


def find(text: Text) -> Iterator[Mention]:
    lowered = lookalike.lowered(text.clean)
    done = 0
    for hit in ANCHOR.finditer(lowered):
        if hit.start() < done:
            continue
        for mention in _read(lowered, text.clean, hit):
            done = max(done, mention.end)
            yield mention


def _read(lowered: str, clean: str, hit: re.Match[str]) -> list[Mention]:
    if hit["link"]:
        return _link(lowered, clean, hit)
    if hit["cue"]:
        return _cued(lowered, hit)
    return _bare(lowered, hit)


def _link(lowered: str, clean: str, hit: re.Match[str]) -> list[Mention]:
    what, platform = links()[spoken(hit["link"])]
    at = hit.end()
    if what == "phone":
        return _phone(clean, platform, hit.start(), at)
    if what == "invitation":
        letters = INVITATION.match(clean, at)
        return [_mention(platform, "invite/" + letters[0], hit.start(), letters.end(), 0.97)] if letters else []
    profile = PROFILE.match(lowered, at) if platform == "facebook" else None
    if profile:
        name = next(group for group in profile.groups() if group)
        return [_mention(platform, ("groups/" if profile[3] else "") + name, hit.start(), profile.end(), 0.97)]
    name, end = _name(lowered, at + (lowered[at : at + 1] == "@"), platform)
    if not name or name in platforms()[platform].not_names or lowered[end : end + 1] == "@":
        return []
    return [_mention(platform, name, hit.start(), end, 0.97)]


def _phone(clean: str, platform: str, start: int, at: int) -> list[Mention]:
    digits = PHONE.match(clean, at)
    number = numbering.international(digits[1]) if digits else None
    if digits is None or number is None or not number.valid:
        return []
    return [
        _mention(platform, number.value, start, digits.end(), 0.97),
        Mention(number.value, digits.start(), digits.end(), 0.97, kind="phone", detail=number.region),
    ]


def _cued(lowered: str, hit: re.Match[str]) -> list[Mention]:
    platform, loose = cues()[spoken(hit["cue"])]
    join = JOIN.match(lowered, hit.end())
    sign = join["sign"].strip() if join else ""
    if join is None or (loose and not sign) or (sign in {"-", "–"} and loose):
        return []
    if not sign and join.end() == hit.end() and hit["cue"].isascii():
        return []
    if LINKED.match(lowered, join.end()):
        return []  # the link is read for itself
    name, end = _name(lowered, join.end(), platform)
    if not name or name in not_names():
        return []
    sure = _sure(name, sign, lowered[end : end + 2], loose)
    return [_mention(platform, name, join.end() - ("@" in sign), end, sure)] if sure else []


def _sure(name: str, sign: str, after: str, loose: bool) -> float:
    if "@" in sign:
        return 0.9
    unlike_a_word = bool(re.search(r"[0-9_]|[a-z]\.[a-z]", name)) and bool(re.search("[a-z]", name))
    if sign:
        more = (after[:1] == " " and after[1:].isalpha()) or "(" in sign  # "messenger (m/f)" is a job
        return 0.85 if unlike_a_word or not (more or loose) else 0.4
    return 0.6 if unlike_a_word else 0.0


def _bare(lowered: str, hit: re.Match[str]) -> list[Mention]:
    at = hit.start()
    if at and (lowered[at - 1].isalnum() or lowered[at - 1] in "._+-@/"):
        return []
    platform = _nearest(lowered, at)
    if platform:
        name, end = _name(lowered, at + 1, platform)
        return [_mention(platform, name, at, end, 0.7)] if name and name not in not_names() else []
    written = NAME.match(lowered, at + 1)
    name = re.sub(r"[^a-z0-9_]+$", "", re.split(r"[,:]", written[0])[0]) if written else ""
    if len(name) < 4 or name in not_names() or not re.search("[a-z]", name) or hosts.known(name):
        return []
    return [_mention("unknown", name, at, at + 1 + len(name), 0.4)]


NEARBY = re.compile(rf"(?<!{TOUCHING})(?:{cue_pattern(loose=False)})(?!{TOUCHING})")


def _nearest(lowered: str, at: int) -> str:
    before = [hit[0] for hit in NEARBY.finditer(lowered, max(0, at - NEAR), at)]
    after = NEARBY.search(lowered, at, at + NEAR)
    word = before[-1] if before else after[0] if after else ""
    return cues()[spoken(word)][0] if word else ""


def _name(lowered: str, at: int, platform: str) -> tuple[str, int]:
    hit = platforms()[platform].grammar.match(lowered, at)
    if hit is None or re.match(r"[a-z0-9_]", lowered[hit.end() : hit.end() + 1]):
        return "", at
    return hit[0], hit.end()


def _mention(platform: str, name: str, start: int, end: int, sure: float) -> Mention:
    return Mention(f"{platform}:{name}", start, end, sure, detail=platform)


FINDER = Finder(
    name="handle",
    version=4,
    find=find,
    trigger=rf"@\w|{_LINKS}|(?:^|[^\pL\pN])(?:(?:{cue_pattern(loose=False)})[^\pL\pN]|{_HAN}[a-z0-9]"
    rf"|(?:{cue_pattern(loose=True)}){_TO}\s*(?:[@:=>»→(]|-\s*@))",
    fields=frozenset({"title", "text", "place_text", "name", "url", "account", "handle", "payer", "payee"}),
    examples={
        "tg: @Ana_99, IG ana.99": ["telegram:ana_99", "instagram:ana.99"],
        "https://t.me/Ana_99 or wa.me/12025550143": ["telegram:ana_99", "whatsapp:+12025550143", "+12025550143"],
        "fb: facebook.com/ana.99 insta instagram.com/ana_99": ["facebook:ana.99", "instagram:ana_99"],
        "find me on the snap of a line, 3 kg @ 5": [],
        "facebook m.facebook.com/ana.99": ["facebook:ana.99"],
        "We hire a messenger (man/woman), Leeds": [],
    },
)
