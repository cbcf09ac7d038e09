"""What a person says with the files: what they are, where they are from, and on what basis they are held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from undertow.collect.limits import DEFAULT, Limits
from undertow.collect.mapping import Wanted


@dataclass(frozen=True, slots=True)
class Options:
    """Everything `collect` needs to know besides the files; "" is not said.

    `collected_at` has a zone; the clock is read at the door. `day_first` is auto, yes or no. `wanted` holds record
    table, kind of post and field to column, as given or loaded from a saved mapping.
    """

    collected_at: datetime
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

    def defaults(self, kind: str) -> Mapping[str, str]:
        """What stands in a record where no column says it."""
        return {"site": self.site, "country": self.country, "kind": kind}
