"""When the records of a lead were made, and on which site."""

from collections.abc import Mapping
from datetime import datetime

from undertow.share.records import TIMES, key_of
from undertow.tables import RECORDS, TABLES
from undertow.web.leads import Opened

When = Mapping[str, tuple[datetime | None, str]]
"""By record: when, and the site."""


def times(held: Opened) -> When:
    """Of every record of the lead."""
    return held.desk.reader.lately(f"times {held.lead.network_id}", lambda: _times(held))


def _times(held: Opened) -> dict[str, tuple[datetime | None, str]]:
    ids = held.members()
    found: dict[str, tuple[datetime | None, str]] = dict.fromkeys(ids, (None, ""))
    for name, letter in RECORDS.items():
        key = key_of(name)
        time = next(column for column in TIMES if column in TABLES[name].schema.names)
        rows = held.desk.reader.part(name, key, [one for one in ids if one.startswith(letter)], [key, time, "site"])
        sites = (site or "" for site in rows["site"].to_pylist())
        pairs = zip(rows[time].to_pylist(), sites, strict=True)
        found.update(zip(rows[key].to_pylist(), pairs, strict=True))
    return found
