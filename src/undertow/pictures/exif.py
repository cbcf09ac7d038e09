"""What a picture says of itself: when and where it was taken. Anybody can write it; most sites take it out."""

from collections.abc import Sequence
from typing import Any

_TAKEN, _ZONE, _OF_PHOTO, _OF_PLACE = 0x9003, 0x9011, 0x8769, 0x8825
_LATITUDE, _LONGITUDE = (1, 2), (3, 4)


def said(image: Any) -> dict[str, str]:
    """`taken` (as written, with its zone), `latitude` and `longitude` in degrees, where they are there and whole."""
    exif = image.getexif()
    photo, place = exif.get_ifd(_OF_PHOTO), exif.get_ifd(_OF_PLACE)
    taken = str(photo.get(_TAKEN) or "").strip("\0 ")
    zone = str(photo.get(_ZONE) or "").strip("\0 ")
    found = {"taken": _dashed(taken) + zone if taken[:4].isdigit() and taken[:4] != "0000" else ""}
    for name, (side, value) in (("latitude", _LATITUDE), ("longitude", _LONGITUDE)):
        found[name] = _degrees(str(place.get(side) or ""), place.get(value), 90 if name == "latitude" else 180)
    if not (found["latitude"] and found["longitude"]):
        found["latitude"] = found["longitude"] = ""
    return {name: value for name, value in found.items() if value}


def _dashed(taken: str) -> str:
    """`2024:03:01 10:00:00` with dashes in its date: Exif alone writes colons there."""
    day, _, time = taken.partition(" ")
    return f"{day.replace(':', '-')} {time}".strip()[:19]


def _degrees(side: str, value: Sequence[Any] | None, most: int) -> str:
    try:
        degrees, minutes, seconds = (float(part) for part in value or ())
    except (TypeError, ValueError, ZeroDivisionError):
        return ""
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:
        return ""
    return f"{-found if side[:1] in 'SW' and side else found:.5f}"
