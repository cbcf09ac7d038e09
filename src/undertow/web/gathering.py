"""Leads and records as they go into cases: only what somebody may see, with what a lead held on that day."""

from undertow.errors import UserError
from undertow.review.people import By
from undertow.tables import RECORDS
from undertow.web.desk import Desk


def kind_of(name: str) -> str:
    """`lead` or `record`, by an id's first letter; empty for anything else."""
    if not (name.isascii() and name.isalnum() and len(name) <= 80):
        return ""
    return "lead" if name.startswith("l") else "record" if name[:1] in RECORDS.values() else ""


def seen(desk: Desk, name: str) -> bool:
    """Whether there is such a lead or record for whoever asks."""
    kind = kind_of(name)
    if kind == "lead":
        return bool(desk.reader.part("leads", "lead_id", [name]).num_rows)
    tables = [table for table, letter in RECORDS.items() if kind and name.startswith(letter)]
    return any(desk.reader.part(table, f"{table.removesuffix('s')}_id", [name]).num_rows for table in tables)


def put(desk: Desk, case_id: str, name: str, by: By) -> None:
    """Puts a lead, with the records that it holds now, or a record into a case; raises `UserError` where it is none."""
    if not seen(desk, name):
        raise UserError("there is no such lead or record now", hint="write its id as its page shows it")
    if kind_of(name) == "record":
        desk.cases.put(case_id, "record", name, by)
        return
    (network,) = desk.reader.part("leads", "lead_id", [name])["network_id"].to_pylist()
    records = desk.reader.part("network_members", "network_id", [network])["record_id"].to_pylist()
    desk.cases.put(case_id, "lead", name, by, {"records": sorted(records)})
