"""The demonstration: the main job on real public data that ships with the package (see README.md beside this file)."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files as package_files
from pathlib import Path
from time import perf_counter

from undertow.demo.measure import agreement
from undertow.errors import UserError
from undertow.events import Emit, silent
from undertow.workspace import Workspace

NAME = "Demonstration"
_ORIGIN = "public data, see undertow/demo/README.md"
_DATA = Path(str(package_files("undertow.demo") / "data"))
File = tuple[str, Mapping[str, str]]
FILES: Sequence[File] = (
    ("facebook_ads.csv", {"post_kind": "ad", "site": "facebook.com", "country": "US"}),
    ("philippine_sms.csv", {"post_kind": "message", "site": "sms", "country": "PH"}),
    ("telegram_posts.csv", {"post_kind": "social", "site": "telegram.org"}),
)


def demonstrate(folder: Path, emit: Emit = silent, *, files: Sequence[File] = FILES) -> Iterator[str]:
    """Makes a workspace in `folder`, runs everything in it, and yields the lines that say what came of it."""
    began = perf_counter()
    workspace = _fresh(folder)
    for name, how in files:
        workspace.collect([_DATA / name], origin=_ORIGIN, lawful_basis="public data", emit=emit, **how)
    done = workspace.run(emit=emit)
    truth = agreement(workspace, _DATA / "facebook_ads_landing_pages.csv")
    overview, *_ = workspace.report(formats=["html"], note=truth.sentence())
    leads = workspace.leads()
    yield f"pipeline: {perf_counter() - began:.1f} s, from files to report"
    yield _counts(done.rows)
    yield truth.sentence()
    yield "None of these files is about trafficking: the leads show how the ranking explains itself, not what it finds."
    yield ""
    yield f"Open this report: {overview}"
    yield f"Then look closer (-w {folder} names the workspace):"
    command = "undertow" if shutil.which("undertow") else sys.argv[0]
    if leads.num_rows:
        first = leads["lead_id"][0].as_py()
        yield f"  {command} lead {first} -w {folder}"
        yield f"  {command} report {first} --html -w {folder}"
    yield f"  {command} search blackmattersus.com -w {folder}"
    yield f"And with your own files: {command} start FOLDER, then collect FILES..., run, leads."


def _counts(rows: dict[str, int]) -> str:
    names = ("mentions", "templates", "networks", "brokers", "leads")
    return "made: " + ", ".join(f"{rows.get(name, 0):,} {name}" for name in names)


def _fresh(folder: Path) -> Workspace:
    if folder.exists() and any(folder.iterdir()):
        try:
            earlier = Workspace.open(folder)
        except UserError as error:
            hint = "name an empty folder: `undertow demo FOLDER`"
            raise UserError(f"{folder} holds something else", hint=hint) from error
        if earlier.settings.about.name != NAME:
            raise UserError(f"{folder} is a workspace of yours", hint="name an empty folder: `undertow demo FOLDER`")
        shutil.rmtree(folder)
    return Workspace.start(folder, name=NAME)
