"""What can be set in the link stage; the defaults stand in `data/limits.toml`, each with its source."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from math import ceil

LIMITS: dict[str, float] = tomllib.loads((files("undertow.link.data") / "limits.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Options:
    """Limits of one run; a `hub_floor` of 0 is the default one."""

    hub_floor: int = 0
    hub_fence: int = int(LIMITS["hub_fence"])
    outside_floor: int = int(LIMITS["outside_floor"])
    beside_parts: int = int(LIMITS["beside_parts"])
    between_sides: int = int(LIMITS["between_sides"])
    text_saving: int = int(LIMITS["text_saving"])
    wave_days: int = int(LIMITS["wave_days"])
    wave_times: int = int(LIMITS["wave_times"])
    pair_limit: int = int(LIMITS["pair_limit"])
    giant_share: float = LIMITS["giant_share"]
    giant_records: int = int(LIMITS["giant_records"])
    brokers: int = int(LIMITS["brokers"])

    @property
    def floor(self) -> int:
        """Groups up to which nothing is a hub."""
        return self.hub_floor or int(LIMITS["hub_floor"])

    def giant(self, total: int) -> int:
        """Records up to which a network is not suspect for its size, of `total`."""
        return max(self.giant_records, ceil(self.giant_share * total))
