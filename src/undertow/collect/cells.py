"""Cells as text: whatever a source hands over becomes a string that Arrow takes, and nothing is lost on the way."""

from collections.abc import Sequence
from datetime import date, datetime, time

import orjson
import pyarrow as pa

from undertow.tables import TYPES

TEXT = TYPES["text"]
_TOO_DEEP = "(nested too deeply to be kept here: see the original)"
_ONLY_STR = frozenset({str})


def as_text(value: object) -> str:
    """One cell as text: nothing is "", a list or object is JSON, a time is ISO 8601."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return to_json(value) if isinstance(value, list | dict | tuple) else str(value)


def texts(values: Sequence[object]) -> Sequence[str]:
    """A column as text."""
    if _ONLY_STR.issuperset(map(type, values)):
        return values  # type: ignore[return-value]
    return [as_text(value) for value in values]


def array(values: Sequence[str]) -> pa.Array:
    """A column of text as Arrow; a half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    try:
        return pa.array(values, TEXT)
    except UnicodeEncodeError:
        return pa.array([_whole(value) for value in values], TEXT)


def constant(value: str, size: int) -> pa.Array:
    """The same text in every row."""
    return pa.repeat(pa.scalar(value, TEXT), size)


def to_json(value: object) -> str:
    """JSON with sorted keys; what JSON cannot hold is written as text."""
    try:
        return orjson.dumps(value, default=as_text, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS).decode()
    except (orjson.JSONEncodeError, TypeError):
        return _whole(_to_json_slowly(value))


def _to_json_slowly(value: object) -> str:
    import json

    try:
        return json.dumps(value, default=as_text, sort_keys=True, ensure_ascii=False)
    except RecursionError:
        return json.dumps(_TOO_DEEP)
    except TypeError:  # keys of several types do not sort
        return json.dumps(str(value), ensure_ascii=False)


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
