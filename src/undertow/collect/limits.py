"""How much a file may ask of this machine: unpacked bytes, their ratio, the length of a line."""

from dataclasses import dataclass

from undertow.collect import datafiles


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one original; `data/limits.toml` holds the defaults and their reasons."""

    line_characters: int
    unpacked_bytes: int
    ratio: int  # unpacked bytes for one packed byte
    grace_bytes: int  # below this the ratio does not count
    members: int
    message_bytes: int  # one mail, one page of an archive, one text file
    video_bytes: int  # held in memory while it is decoded


DEFAULT = Limits(**datafiles.toml("limits.toml"))
