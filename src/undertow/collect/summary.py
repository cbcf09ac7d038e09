"""What collecting found: every file given, with its records, its rejects and what was assumed of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from undertow.collect.mapping import Plan

Status = Literal["collected", "known", "rejected", "previewed"]


@dataclass(frozen=True, slots=True)
class Preview:
    """One part of one file as it would be read: which column becomes which field and why, and the first records."""

    file: str
    part: str  # member of an archive, sheet or list; "" for the file itself
    source: str
    plan: Plan
    rows: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    name: str
    original_id: str
    status: Status
    sources: Sequence[str] = ()
    rows: Mapping[str, int] = field(default_factory=dict)  # by record table
    rejects: Mapping[str, int] = field(default_factory=dict)  # by reason
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of all files; `previews` only in a dry run."""

    files: Sequence[FileReport]
    previews: Sequence[Preview] = ()

    @property
    def rows(self) -> dict[str, int]:
        """Records by table."""
        return _added(report.rows for report in self.files)

    @property
    def rejects(self) -> dict[str, int]:
        """Rejects by reason, the most frequent first."""
        total = _added(report.rejects for report in self.files)
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    @property
    def status(self) -> dict[str, int]:
        """Files by what became of them."""
        return dict(sorted(Counter(report.status for report in self.files).items()))


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))
