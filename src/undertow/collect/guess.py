"""Which column is a date, an address, a sum or the text, told by what stands in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from undertow.collect.cells import as_text
from undertow.collect.dateforms import read
from undertow.collect.headers import fold

_SAMPLE = 200  # values looked at
_MOST_COLUMNS = 200  # a file of 10,000 columns is not looked through
_SHARE = 0.9  # of the values must fit; our own choice
_TEXT_LENGTH = 20  # mean characters from which a column can be the text
_UTC = ZoneInfo("UTC")
_URL = re.compile(r"(https?://|www\.)\S+$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+$")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)\+?[\d\s().\-/]+$")
_MONEY = re.compile(r"[^\d\w]{0,3}\s?-?\d[\d.,\s]*\s?[^\d\w]{0,3}$|[A-Z]{3}\s?\d[\d.,\s]*$|\d[\d.,\s]*\s?[A-Z]{3}$")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?$")
_TIME_WORDS = frozenset({"time", "timestamp", "date", "stamp", "epoch", "unixtime", "ts", "utc"})

Sample = Sequence[str]


def fields(wanted: Sequence[str], columns: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, str, str]]:
    """Field, column and reason for those of the `wanted` fields that content can tell; a column is given once."""
    samples = {name: _sample(values) for name, values in list(columns.items())[:_MOST_COLUMNS]}
    for field, tells, why in _RULES:
        if field in wanted and (fits := next((name for name in samples if tells(name, samples[name])), "")):
            del samples[fits]
            yield field, fits, why
    if "text" in wanted and (longest := _longest(samples)):
        yield "text", longest, "the longest texts stand there"


def holds_no_time(values: Sequence[object]) -> bool:
    """Whether a column has values and none of the first is a time."""
    sample = _sample(values)
    return bool(sample) and not any(read(text[:80], "day", _UTC) for text in sample)


def _sample(values: Sequence[object]) -> list[str]:
    found = (as_text(value).strip() for value in values[: 5 * _SAMPLE])
    return [text for text in found if text][:_SAMPLE]


def _share(sample: Sample, fits: Callable[[str], object]) -> bool:
    return len(sample) > 0 and sum(bool(fits(text)) for text in sample) >= _SHARE * len(sample)


def _is_time(name: str, sample: Sample) -> bool:
    said = bool(_TIME_WORDS & set(fold(name).split()))
    return _share(sample, lambda text: (said or not _PLAIN_NUMBER.match(text)) and read(text[:80], "day", _UTC))


def _is_url(_name: str, sample: Sample) -> bool:
    return _share(sample, _URL.match)


def _is_email(_name: str, sample: Sample) -> bool:
    return _share(sample, _EMAIL.match)


def _is_phone(_name: str, sample: Sample) -> bool:
    return _share(sample, _PHONE.match)


def _is_money(_name: str, sample: Sample) -> bool:
    return _share(sample, _MONEY.match)


def _longest(samples: Mapping[str, Sample]) -> str:
    means = {name: sum(map(len, sample)) / len(sample) for name, sample in samples.items() if sample}
    spaced = {name: mean for name, mean in means.items() if mean >= _TEXT_LENGTH and _share_spaced(samples[name])}
    return max(spaced, key=lambda name: spaced[name], default="")


def _share_spaced(sample: Sample) -> bool:
    """Words, or a script without spaces: either way not one long token of letters and digits."""
    return sum(" " in text or not text.isascii() for text in sample) * 2 > len(sample)


_DATES = "its values are dates"
_RULES: Sequence[tuple[str, Callable[[str, Sample], bool], str]] = (
    *(
        (field, _is_time, _DATES)
        for field in ("posted_at", "paid_at", "starts_at", "created_at", "reported_at", "taken_at")
    ),
    ("url", _is_url, "its values are web addresses"),
    ("email", _is_email, "its values are e-mail addresses"),
    ("amount", _is_money, "its values are sums"),
    ("phone", _is_phone, "its values are phone numbers"),
)
