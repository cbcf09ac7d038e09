"""Telephone numbers by the matcher of phonenumbers alone."""

from collections.abc import Sequence

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

from benchmarks.peers.contract import Phone

REGIONS = ("US", "GB", "AU")  # whose numbers reserved for fiction a made-up world takes: no other would find more


def phones(texts: Sequence[str], leniency: int = Leniency.VALID) -> list[Phone]:
    """Every number that the matcher finds for any of `REGIONS`: a stretch that two read otherwise gives two."""
    return [one for post, text in enumerate(texts) for one in sorted(_in_text(post, text, leniency))]


def _in_text(post: int, text: str, leniency: int) -> set[Phone]:
    return {
        Phone(post, match.start, match.end, phonenumbers.format_number(match.number, PhoneNumberFormat.E164))
        for region in REGIONS
        for match in PhoneNumberMatcher(text, region, leniency=leniency)
    }
