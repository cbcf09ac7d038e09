"""What a person says with the files: what they are, where they are from, and on what basis they are held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from undertow.collect.limits import DEFAULT, Limits
from undertow.collect.mapping import Wanted

if TYPE_CHECKING:
    from undertow.pictures.hashing import PictureHash


@dataclass(frozen=True, slots=True)
class Options:
    """Everything `collect` needs to know besides the files; "" is not said.

    `collected_at` has a zone; the clock is read at the door. `day_first` is auto, yes or no. `wanted` holds record
    table, kind of post and field to column, as given or loaded from a saved mapping. `passed_over` are originals that
    are known for what they are and are not read as records.
    """

    collected_at: datetime
    passed_over: frozenset[str] = frozenset()
    wanted: Wanted = field(default_factory=Wanted)
    site: str = ""
    country: str = ""
    custom: str = ""  # country whose custom of writing dates is assumed where nothing else says
    timezone: str = "UTC"
    day_first: str = "auto"
    collector: str = ""
    origin: str = ""
    lawful_basis: str = ""
    marking: str = ""
    retain_until: datetime | None = None
    dry_run: bool = False
    limits: Limits = DEFAULT
    hash: "Callable[[bytes], PictureHash] | None" = None  # as `undertow.collect.contract.Opened` has it

    @property
    def collection(self) -> str:
        """What the tables call this collection: when it began."""
        return self.collected_at.isoformat()

    def defaults(self, kind: str) -> Mapping[str, str]:
        """What stands in a record where no column says it."""
        return {"site": self.site, "country": self.country, "kind": kind}
