"""Telephone numbers by the matcher of phonenumbers alone."""

from collections.abc import Sequence

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

from benchmarks.peers.contract import Phone

REGIONS = ("US", "GB", "AU")  # whose numbers reserved for fiction a made-up world takes: no other would find more


def phones(texts: Sequence[str], leniency: int = Leniency.VALID) -> list[Phone]:
    """Every number that the matcher finds for any of `REGIONS`; where two read one stretch the earlier has it."""
    return [one for post, text in enumerate(texts) for one in _in_text(post, text, leniency)]


def _in_text(post: int, text: str, leniency: int) -> list[Phone]:
    found: list[Phone] = []
    for region in REGIONS:
        for match in PhoneNumberMatcher(text, region, leniency=leniency):
            if all(match.end <= other.start or match.start >= other.end for other in found):
                value = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
                found.append(Phone(post, match.start, match.end, value))
    return found
