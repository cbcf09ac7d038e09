"""Stable ids: the same content gives the same id on every machine and at every run."""

from hashlib import blake2b

_DIGEST_BYTES = 10  # 80 bits: a chance collision stays below one in a million up to a billion ids


def digest(*parts: str) -> str:
    """20 hex digits that depend on every part and on where one part ends and the next begins."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def record_id(letter: str, original_id: str, position: str) -> str:
    """Id of the record read from `position` of an original; `letter` tells its kind (see `tables.RECORDS`)."""
    return letter + digest(original_id, position)
