"""The file of alerts, one JSON object a line: an alert is in it once, whenever the process that writes it is killed."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from undertow.errors import OutsideError, UserError

Row = Mapping[str, Any]


@dataclass(slots=True)
class Outbox:
    """A file of alerts and the ids that stand in it; `mend` comes before `add`."""

    path: Path
    held: set[str] = field(default_factory=set)

    def mend(self) -> None:
        """Reads which alerts the file holds and takes off a last line that was cut short.

        Raises `UserError` where the file holds anything else, and changes nothing then.
        """
        try:
            content = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise self._unusable(error) from error
        *lines, torn = content.split(b"\n")
        self.held = {self._id(line) for line in lines}
        if torn and not (b'{"id":"'.startswith(torn[:7]) or torn.startswith(b'{"id":"')):
            raise self._foreign()
        if torn:
            os.truncate(self.path, len(content) - len(torn))

    def add(self, rows: Sequence[Row]) -> list[Row]:
        """Appends those alerts (rows of the table) that the file does not hold, and gives them."""
        new = [row for row in rows if row["alert_id"] not in self.held]
        if new:
            try:
                with self.path.open("ab") as file:
                    write(file.fileno(), b"".join(line(row) for row in new))
            except OSError as error:
                raise self._unusable(error) from error
            self.held |= {row["alert_id"] for row in new}
        return new

    def _id(self, text: bytes) -> str:
        try:
            return str(orjson.loads(text)["id"])
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise self._foreign() from error

    def _foreign(self) -> UserError:
        return UserError(f"{self.path} holds something else than alerts", hint="name a new file with --alerts")

    def _unusable(self, error: OSError) -> OutsideError:
        hint = "mend that and start the watch again: no alert is lost"
        return OutsideError(f"{self.path} cannot be used: {error.strerror}", hint=hint)


def line(row: Row) -> bytes:
    """An alert as it stands in the file; the id comes first."""
    said = {name: row[name] for name in ("kind", "subject", "why", "news", "run")}
    said["quick"] = bool(row["quick"])
    told = {"id": row["alert_id"], "at": row["at"], **said, "records": orjson.loads(row["records"])}
    return orjson.dumps(told, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def write(file: int, content: bytes) -> None:
    """Writes all of it to the disk."""
    while content:
        content = content[os.write(file, content) :]
    os.fsync(file)
