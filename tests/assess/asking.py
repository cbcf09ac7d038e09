"""Runs the stage over a small world and reads what it wrote."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from undertow import plugins, testing
from undertow.assess.contract import Indicator, Options, World
from undertow.assess.run import FOLDER, assess
from undertow.assess.worlds import Post, Rows, scene

INDICATORS = plugins.load(FOLDER, Indicator)

FEW = {
    name: INDICATORS[name]
    for name in (
        "debt",
        "document_request",
        "document_retention",
        "excessive_hours",
        "licensed_agency",
        "safety_rules",
        "secrecy",
        "shared_contact_across_accounts",
        "threats",
        "upfront_fee",
    )
}
"""Enough for what holds whatever the indicators are; asking all of them takes a second or two."""

DEBT = ("debt", "deducted from your salary")
FEE = ("upfront_fee", "pay the processing fee first")


def made(
    folder: Path,
    world: World,
    *,
    indicators: Mapping[str, Indicator] = FEW,
    options: Options = Options(),  # noqa: B008 - frozen
    threads: int = 1,
) -> dict[str, pa.Table]:
    """The tables that assess writes."""
    with testing.engine(folder, world, threads=threads) as engine:
        assess(engine, indicators, options)
        return {name: engine.fetch(engine.read(name)) for name in ("signals", "leads", "rejects")}


def leads(folder: Path, world: World, **how: Any) -> list[dict[str, Any]]:
    """The leads, with their reasons read."""
    rows = made(folder, world, **how)["leads"].to_pylist()
    return [row | {side: json.loads(row[side]) for side in ("reasons", "against")} for row in rows]


def said(*cues: tuple[str, str], more: Sequence[Post] = ()) -> Rows:
    """One post that says all of it, in the network n1, and more posts."""
    return scene(Post(cues=list(cues)), *more)
