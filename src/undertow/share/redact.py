"""Masks selectors and names where a report goes further than its evidence may: letter by letter, so that spans hold."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from undertow.share.contract import Broker, Hub, LeadPage, Overview, Record, Step, Template, Tie

MASK = "•"
KEEP = 2  # letters or digits left at the end: enough to tell two apart on one page, too few to call
SHORT = 6  # a value with fewer letters than this is masked whole, and only where it stands as a word
OPEN = frozenset({"", "template", "picture", "judgement", "post", "payment", "booking", "incident"})  # ids of our own
JOINTS = frozenset("+-./()@:_ \t\n")

# What looks like a selector though no finder read it: seven digits and more, addresses, handles, links.
LOOKS = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)|"
    r"(?P<hide>(?:https?://|\bwww\.)[^\s<>\"]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}|"
    r"(?<!\w)@\w[\w.]{1,63}|\+?\d(?:[ ().\-/]{0,3}\d){6,30})",
    re.IGNORECASE,
)
PLAIN_FIELDS = frozenset({  # what we named ourselves: hashes, ids, words of our own
    "record_id", "from_record", "original_id", "network_id", "lead_id", "template_id", "indicator", "grade", "source",
    "kind", "family", "band", "weights", "field", "harmless", "says", "marking", "lawful_basis",
})  # fmt: skip

Spans = Mapping[tuple[str, str], Sequence[tuple[int, int]]]
"""(record, field): where selectors and names stand in it."""

Find = Callable[[str], list[tuple[int, int]]]
"""Where selectors stand in a text."""


def mask(value: str) -> str:
    """`value` with every letter and digit but the last two masked, as long as before."""
    letters = [at for at, letter in enumerate(value) if letter.isalnum()]
    kept = set(letters[-KEEP:]) if len(letters) >= SHORT else set()
    return "".join(letter if at in kept or letter in JOINTS else MASK for at, letter in enumerate(value))


def masker(values: Iterable[str]) -> Callable[[str], str]:
    """A function that masks these values wherever they stand in a text, and all that looks like a selector."""
    find = _finder(values)
    return lambda text: mask_spans(text, find(text))


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with these spans masked, as long as before."""
    letters = list(text)
    for start, end in _merged(spans):
        letters[start:end] = mask(text[start:end])
    return "".join(letters)


def page(whole: LeadPage, spans: Spans, known: Iterable[str] = ()) -> LeadPage:
    """The page masked: selectors and names in records, sentences, drawings and file names; `spans` says where.

    `known` are further values that tell who somebody is, of records that the page does not hold.
    """
    shared: tuple[Tie | Step | Hub, ...] = (*whole.ties, *whole.steps, *whole.hubs)
    known = (
        {*known} | {one.via for one in shared if names_someone(one.kind)} | {record.account for record in whole.records}
    )
    known |= {broker.node for broker in whole.brokers if names_someone(broker.kind)}
    return cast(LeadPage, _walk(whole, _finder(known | _found(whole.records, spans)), spans))


def record(whole: Record, spans: Spans) -> Record:
    """One record masked on its own, in its texts, its account and the name of its file."""
    return cast(Record, _walk(whole, _finder(_found([whole], spans) | {whole.account}), spans))


def _finder(values: Iterable[str]) -> Find:
    from ahocorasick_rs import AhoCorasick, MatchKind

    known = sorted({value for value in values if value.strip()})
    search = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes if known else lambda _: ()

    def find(text: str) -> list[tuple[int, int]]:
        spans = [(start, end) for _, start, end in search(text) if _stands(text, start, end)]
        return [*spans, *(hit.span() for hit in LOOKS.finditer(text) if hit["hide"])]

    return find


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one: the end that one keeps in sight must not be the middle of another."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _stands(text: str, start: int, end: int) -> bool:
    inside = (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
    return end - start >= SHORT or not inside


def _found(records: Iterable[Record], spans: Spans) -> set[str]:
    return {
        record.fields[field][start:end]
        for record in records
        for field in record.fields
        for start, end in spans.get((record.record_id, field), ())
    }


def _walk(value: Any, find: Find, spans: Spans) -> Any:
    """`value` again with every text in it masked, but for the names that we gave."""
    if isinstance(value, str):
        return mask_spans(value, find(value))
    if isinstance(value, Mapping):
        return {key: _walk(item, find, spans) for key, item in value.items()}
    if isinstance(value, Sequence):
        return tuple(_walk(item, find, spans) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        item.name: _walk(getattr(value, item.name), find, spans)
        for item in fields(value)
        if item.name not in PLAIN_FIELDS
    }
    return replace(value, **(changed | _special(value, find, spans)))


def _special(value: object, find: Find, spans: Spans) -> dict[str, Any]:
    """What is masked as a whole or by position, since its kind is known."""
    if isinstance(value, Tie | Step | Hub) and names_someone(value.kind):
        return {"via": mask(value.via)}
    if isinstance(value, Broker) and names_someone(value.kind):
        return {"node": mask(value.node)}
    if isinstance(value, Record):
        return {"account": mask(value.account), "fields": _fields(value, find, spans)}
    if isinstance(value, Template):  # the parts of a number that slots cut up could be put together again
        return {"values": {slot: (different, ()) for slot, (different, _) in value.values.items()}}
    return {}


def names_someone(kind: str) -> bool:
    """Whether values of this kind are masked as a whole; `phone+template` is the kind of two values together."""
    return not OPEN.issuperset(kind.split("+"))


def _fields(record: Record, find: Find, spans: Spans) -> dict[str, str]:
    whole = {"url", "account", "handle", "phone", "email", "payer", "payee", "traveller", "name", "device"}
    return {
        name: mask(text) if name in whole else mask_spans(text, [*find(text), *spans.get((record.record_id, name), ())])
        for name, text in record.fields.items()
    }


def overview(whole: Overview) -> Overview:
    """The overview with selectors masked."""
    return cast(Overview, _walk(whole, _finder(hub.via for hub in whole.hubs if names_someone(hub.kind)), {}))
