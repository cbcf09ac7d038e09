"""What shows that records share a value: where it stands in each, in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from undertow.share import gather, records, redact
from undertow.tables import RECORDS
from undertow.web.leads import Opened


@dataclass(frozen=True, slots=True)
class Seen:
    """A record with the field in which the value stands; `end` 0 where no finder read it there."""

    record_id: str
    at: datetime | None
    site: str
    field: str
    text: str
    start: int = 0
    end: int = 0


def shown_by(held: Opened, ids: Sequence[str], via: str) -> list[Seen]:
    """Each of these records with the place where `via` stands in it, or with the beginning of its text."""
    read = held.desk.reader.part
    parts = {
        name: read(name, records.key_of(name), [one for one in ids if one.startswith(letter)])
        for name, letter in RECORDS.items()
    }
    mentions = read("mentions", "record_id", ids).to_pylist()
    found = records.records(parts, ids, {})
    if held.masked:
        spans = gather.telling(mentions)
        found = {one: redact.record(record, spans) for one, record in found.items()}
    where = {row["record_id"]: row for row in reversed(mentions) if row["value"] == via}
    made = []
    for one in ids:
        if one not in found:
            continue
        record, row = found[one], where.get(one)
        field = row["field"] if row and row["field"] in record.fields else _first(record.fields)
        span = (row["start"], row["end"]) if row and field == row["field"] else (0, 0)
        made.append(Seen(one, record.at, record.site, field, record.fields.get(field, ""), *span))
    return made


def _first(fields: Mapping[str, str]) -> str:
    return "text" if "text" in fields else next(iter(fields), "")
