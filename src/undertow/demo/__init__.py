"""The demonstration: the main job on real public data that ships with the package (see README.md beside this file)."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from time import perf_counter

from undertow.demo.measure import agreement
from undertow.errors import UserError
from undertow.events import Emit, silent
from undertow.workspace import Workspace

NAME = "Demonstration"
_ORIGIN = "public data, see undertow/demo/README.md"
_DATA = Path(str(files("undertow.demo") / "data"))
_FILES = (
    ("facebook_ads.csv", {"post_kind": "ad", "site": "facebook.com", "country": "US"}),
    ("philippine_sms.csv", {"post_kind": "message", "site": "sms", "country": "PH"}),
    ("telegram_posts.csv", {"post_kind": "social", "site": "telegram.org"}),
)


def demonstrate(folder: Path, emit: Emit = silent) -> Iterator[str]:
    """Makes a workspace in `folder`, runs everything in it, and yields the lines that say what came of it."""
    began = perf_counter()
    workspace = _fresh(folder)
    for name, how in _FILES:
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
    yield f"Then, in {folder}:"
    yield f"  cd {folder}"
    if leads.num_rows:
        first = leads["lead_id"][0].as_py()
        yield f"  undertow lead {first}           why, and why perhaps not"
        yield f"  undertow report {first} --html  its template, network, time line and evidence"
    yield "  undertow search kuyang            a value, in whatever form you have it"
    yield "And with your own files: undertow start FOLDER, undertow collect FILES..., undertow run, undertow leads"


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
