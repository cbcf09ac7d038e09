"""Says why a file cannot be read: empty, a known format that no source reads, or unknown bytes."""

from undertow.collect import datafiles


def why_not(head: bytes) -> str:
    """The reason for a thing that no source claims."""
    if not head.strip(b"\0\r\n\t \xef\xbb\xbf\xfe\xff"):
        return "the file is empty" if not head else "nothing but blanks"
    for known in datafiles.toml("formats.toml")["format"]:
        if head.startswith(bytes.fromhex(known["hex"]), known.get("at", 0)):
            return f"{known['says']}"
    return "no source reads this format"
