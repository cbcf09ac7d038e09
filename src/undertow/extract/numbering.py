"""Whether digits are a telephone number, and of which country: libphonenumber decides; reserved ranges are added."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from undertow.extract.datafiles import toml

SHORTEST, LONGEST = 7, 15  # E.164 allows 15 digits; below 7 national digits nothing can be told from other numbers
_MEMORY = 200_000  # numbers remembered in each process: the same few thousand numbers come in most posts
_KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)


class Number(NamedTuple):
    """A number in E.164, its country (ISO 3166; "" where it has none), and whether libphonenumber calls it valid."""

    value: str
    region: str
    valid: bool


class _Plan(NamedTuple):
    code: str
    prefix: str
    pattern: re.Pattern[str]
    prefixed: re.Pattern[str]  # what may stand before a number that is dialled
    lengths: frozenset[int]  # of the numbers of every country with this calling code


@lru_cache(maxsize=_MEMORY)
def international(digits: str) -> Number | None:
    """The number whose digits after "+" these are; None where no country could have given it out."""
    for length in (1, 2, 3):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0))
        if regions and not digits.startswith("0"):
            plan = _plan(regions[0])
            if plan and plan.pattern.fullmatch(digits, length):
                return Number("+" + digits, regions[0], True)
    return _read("+" + digits, None)


@lru_cache(maxsize=_MEMORY)
def national(digits: str, country: str) -> Number | None:
    """The number that these digits mean in `country`, dialled within it or out of it; None for some not valid."""
    plan = _plan(country)
    if plan is None:
        return _read(digits, country)
    start = len(plan.prefix) if plan.prefix and digits.startswith(plan.prefix) else 0
    if plan.pattern.fullmatch(digits, start):
        return Number(f"+{plan.code}{digits[start:]}", country, True)
    if len(digits) not in plan.lengths and plan.prefixed.match(digits) is None:
        return None  # nothing to take off, and no number of that calling code is so long
    return _read(digits, country)


@lru_cache(maxsize=_MEMORY)
def mobile(value: str) -> bool:
    """Whether a number in E.164 belongs to a mobile telephone, or may."""
    kind = phonenumbers.number_type(phonenumbers.parse(value))
    return any(pattern.fullmatch(value[1:]) for _, pattern in _reserved()) or kind in (
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


@lru_cache(maxsize=_MEMORY)
def lacks_prefix(value: str, digits: str, country: str) -> bool:
    """Whether a number of `country` is always written with its national prefix (0 in Britain), and here is not."""
    data = PhoneMetadata.metadata_for_region(country, None)
    prefix = data.national_prefix if data else None
    if not data or not prefix or digits.startswith((prefix, str(data.country_code))):
        return False
    nsn = phonenumbers.national_significant_number(phonenumbers.parse(value))
    for form in data.number_format:
        leading = form.leading_digits_pattern
        if (not leading or re.match(leading[-1], nsn)) and re.fullmatch(form.pattern or "", nsn):
            rule = form.national_prefix_formatting_rule or ""
            return not form.national_prefix_optional_when_formatting and prefix in rule.replace("$1", "")
    return False


@cache
def _plan(region: str) -> _Plan | None:
    # A short way to "valid" for the usual number of the usual country: 2 us where the library takes 50. Anything it
    # does not settle goes to the library. Only for the main country of a calling code, whose prefix is a plain one.
    data = PhoneMetadata.metadata_for_region(region, None)
    if data is None or data.country_code is None or COUNTRY_CODE_TO_REGION_CODE[data.country_code][0] != region:
        return None
    if data.national_prefix_for_parsing not in (None, data.national_prefix):
        return None
    kinds = {getattr(data, kind).national_number_pattern for kind in _KINDS if getattr(data, kind)} - {None}
    known = "|".join(f"(?:{kind})" for kind in sorted(kinds))
    general = getattr(data.general_desc, "national_number_pattern", "")
    pattern = re.compile(f"(?=(?:{general})$)(?:{known})")
    before = {str(data.country_code), data.national_prefix_for_parsing, data.international_prefix} - {None}
    prefixed = re.compile("|".join(f"(?:{prefix})" for prefix in sorted(filter(None, before))))
    return _Plan(str(data.country_code), data.national_prefix or "", pattern, prefixed, _lengths(data.country_code))


@cache
def _lengths(code: int) -> frozenset[int]:
    every = (PhoneMetadata.metadata_for_region(region, None) for region in COUNTRY_CODE_TO_REGION_CODE[code])
    return frozenset(size for data in every if data and data.general_desc for size in data.general_desc.possible_length)


@cache
def _reserved() -> Sequence[tuple[str, re.Pattern[str]]]:
    return [(entry["region"], re.compile(entry["pattern"])) for entry in toml("phones.toml")["reserved"]]


def _read(text: str, country: str | None) -> Number | None:
    try:
        number = phonenumbers.parse(text, country, _check_region=False)
    except phonenumbers.NumberParseException:
        return None
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for region, pattern in _reserved():
        if pattern.fullmatch(value[1:]):
            return Number(value, region, True)
    given = phonenumbers.region_code_for_number(number)
    if given is not None and phonenumbers.is_valid_number_for_region(number, given):
        return Number(value, "" if given == "001" else given, True)
    if phonenumbers.is_possible_number(number):
        region = phonenumbers.region_code_for_country_code(number.country_code or 0)
        return Number(value, "" if region in ("001", "ZZ") else region, False)
    return None
