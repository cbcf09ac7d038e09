"""What comes in at the door: every entry of a hash list is checked, and what does not pass is named, by its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from undertow import ids
from undertow.match.contract import Entry, Fault, Item

DIGITS = {"pdq": 64, "md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}  # hex digits of what is compared
COMPARED = tuple(DIGITS)

PDQ_BITS = 128  # set in every well-formed PDQ hash, as it is cut at the median (26,288 of 26,288 hashes measured)
PDQ_SLACK = 16  # a guess: two standard deviations of random bits; ties at the median make a few less
PDQ_QUALITY = 50  # below it two decoders differ by 36 bits on average (ThreatExchange, pdq/README; measured)

_HEX = re.compile(r"[0-9a-f]+")
_OTHER_NAMES = {"sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512", "photo_pdq": "pdq", "video_md5": "md5"}
_AMBIGUOUS = "64 digits may be PDQ or SHA-256: say which with --algorithm"
_BY_LENGTH = {32: "md5", 40: "sha1", 128: "sha512"}


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry that passed: hex in small letters, an algorithm of `COMPARED`, and an id of its own."""

    entry_id: str
    algorithm: str
    value: str
    quality: int | None
    label: str
    disputed: bool
    expires: datetime | None
    file: int  # which of the files it is from, and where it stands in it
    position: str


@dataclass(slots=True)
class Door:
    """Checks the entries of one version of a list; a later file takes back what an earlier one held."""

    algorithm: str = ""  # of hashes whose file names none
    now: datetime | None = None
    kept: dict[tuple[str, str], Checked] = field(default_factory=dict)
    by_id: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, file: int, items: Iterable[Item]) -> Iterator[Fault]:
        """Keeps what passes and gives a fault for every item that does not."""
        for item in items:
            reason = item.reason if isinstance(item, Fault) else self._entry(file, item)
            if reason:
                self.counts[reason] += 1
                yield Fault(item.position, reason)

    def _entry(self, file: int, entry: Entry) -> str:
        """Why the entry is not kept; "" where it is."""
        if entry.state == "withdrawn":
            return self._take_back(entry)
        if entry.state == "harmless":
            return "the source calls it harmless"
        algorithm, value = self._named(entry), entry.value.strip().lower()
        reason = wrong(algorithm, value, entry.quality)
        if reason:
            return reason
        if entry.expires and self.now and entry.expires <= self.now:
            return "the source let it expire"
        return self._keep(file, entry, algorithm, value)

    def _keep(self, file: int, entry: Entry, algorithm: str, value: str) -> str:
        key = (algorithm, value)
        if key in self.kept:
            return "repeated: the same hash stood in this list before"
        entry_id = entry.entry_id or made_id(algorithm, value)
        if entry.entry_id:
            self.by_id.setdefault(entry.entry_id, []).append(key)
        self.kept[key] = Checked(
            entry_id,
            algorithm,
            value,
            entry.quality,
            entry.label,
            entry.state == "disputed",
            entry.expires,
            file,
            entry.position,
        )
        return ""

    def _take_back(self, entry: Entry) -> str:
        keys = self.by_id.pop(entry.entry_id, []) if entry.entry_id else []
        keys.append((self._named(entry), entry.value.strip().lower()))
        for key in keys:
            self.kept.pop(key, None)
        return "withdrawn by the source"

    def _named(self, entry: Entry) -> str:
        said = entry.algorithm.strip().lower() or self.algorithm
        return _OTHER_NAMES.get(said, said) or _BY_LENGTH.get(len(entry.value.strip()), "")


def wrong(algorithm: str, value: str, quality: int | None = None) -> str:
    """Why a hash (small letters) cannot be compared, in words that do not repeat it; "" where it can."""
    if not algorithm:
        return _AMBIGUOUS if len(value) == DIGITS["pdq"] else "no kind of hash has this length"
    if algorithm not in DIGITS:
        return f"{_word(algorithm)} is not compared"
    if len(value) != DIGITS[algorithm]:
        return f"a hash of {algorithm} has {DIGITS[algorithm]} digits, this one {len(value)}"
    if not _HEX.fullmatch(value):
        return "a hash is written in the digits 0 to 9 and a to f"
    if algorithm != "pdq":
        return ""
    if abs(int(value, 16).bit_count() - PDQ_BITS) > PDQ_SLACK:
        return f"corrupt: a hash of PDQ has about {PDQ_BITS} bits set"
    if quality is not None and quality < PDQ_QUALITY:
        return f"its quality is below {PDQ_QUALITY}: such a hash is noise"
    return ""


def made_id(algorithm: str, value: str) -> str:
    """The id of an entry to which its source gives none."""
    return "e" + ids.digest(algorithm, value)


def _word(said: str) -> str:
    """A name of an algorithm that may stand in a report: what looks like a hash does not."""
    return said if re.fullmatch(r"[a-z][\w .-]{0,23}", said) and not _HEX.fullmatch(said) else "an unknown kind"
