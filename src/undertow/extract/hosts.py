"""Names of the internet as people write them: with dots in words and brackets, spread out, in look-alike letters."""

import re
from functools import cache, lru_cache

from undertow.extract import lookalike
from undertow.extract.datafiles import FOLDER, toml

_DOTS = "dot|punto|punct|точка|ponto|point"
DOT = rf"(?:\.| ?[\[({{<] ?(?:\.|{_DOTS}) ?[\])}}>] ?| (?:{_DOTS}) )"
"""A full stop as it stands between two labels, plain or disguised."""

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_SPREAD = "(?: ?[.] ?)"
SAID_DOT = re.compile(rf"\b(?:{_DOTS})\b")
HOST = re.compile(rf"{_LABEL}(?:{DOT}{_LABEL}){{1,8}}")
SPREAD_HOST = re.compile(rf"{_LABEL}(?:{_SPREAD}{_LABEL}){{1,5}}")
_JOINT = re.compile(DOT)
_SPACED_JOINT = re.compile(_SPREAD)
_COUNTRY = 2  # letters of an ending that names a country


@cache
def endings() -> frozenset[str]:
    """Every top-level name."""
    lines = (FOLDER / "endings.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def listed(name: str) -> frozenset[str]:
    """One of the lists of `links.toml`."""
    return frozenset(toml("links.toml")[name])


def labels(written: str) -> list[str]:
    """The parts of a host as written, in lower case."""
    joint = _SPACED_JOINT if " ." in written or ". " in written else _JOINT
    return [lookalike.lowered(part.strip()) for part in joint.split(written)]


@lru_cache(maxsize=50_000)
def ended(written: str) -> tuple[str, int]:
    """The host in lower case, and its length as written, without the word that follows a full stop after its ending."""
    joint = _SPACED_JOINT if " ." in written or ". " in written else _JOINT
    ends = [hit.start() for hit in joint.finditer(written)] + [len(written)]
    parts = labels(written)
    for size in range(len(parts), 1, -1):
        first = written[ends[size - 2] : ends[size - 1]].lstrip(" .[({<")[:2]
        sentence = first[:1].isupper() and not first.isupper() and written[:1].islower()
        if known(".".join(parts[:size])) and not (sentence and size > 2):
            return ".".join(parts[:size]), ends[size - 1]
    return ".".join(parts), len(written)


@lru_cache(maxsize=50_000)
def known(host: str) -> bool:
    """Whether a host in lower case ends in a top-level name that exists."""
    return "." in host and host.rpartition(".")[2] in endings()


@lru_cache(maxsize=50_000)
def like_prose(host: str) -> bool:
    """Whether a bare host may as well be the end of one sentence and the beginning of the next ("call me.no")."""
    first, _, last = host.rpartition(".")
    if last in listed("words") or (last.isalpha() and len(last) > _COUNTRY and last not in listed("usual")):
        return "." not in first and not re.search(r"[0-9-]", first) and len(first) < 12
    return False


@lru_cache(maxsize=50_000)
def site(host: str) -> str:
    """The part of a host that one owner registers: `b.co.uk` of `www.b.co.uk`, `a.wordpress.com` as it is."""
    parts = host.split(".")
    for size in (2, 3):
        if ".".join(parts[-size:]) in listed("shared") and len(parts) > size:
            return ".".join(parts[-size - 1 :])
    two_levels = len(parts) > 2 and len(parts[-1]) == _COUNTRY and parts[-2] in listed("second_levels")
    return ".".join(parts[-3:] if two_levels else parts[-2:])


@lru_cache(maxsize=50_000)
def standing(host: str) -> str:
    """`shortener`, `platform` or "": what a link to this host says about who is behind it."""
    for name in ("shorteners", "platforms"):
        if host in listed(name) or site(host) in listed(name):
            return name.removesuffix("s")
    return ""
