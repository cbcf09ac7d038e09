"""`undertow`: the command line. Its commands live in the modules of this folder, by what they are for."""

import sys
from collections.abc import Callable
from typing import Any

from cyclopts import App, CycloptsError

from undertow import __version__
from undertow.cli import (
    answering,
    asking,
    auditing,
    cases,
    deciding,
    keeping,
    learning,
    listing,
    measuring,
    pairing,
    people,
    serving,
    simulating,
    watching,
    working,
)
from undertow.cli.output import words
from undertow.errors import UndertowError

HELP = """Find organised human trafficking in material that you lawfully hold.

A score ranks work for a person; it never says that someone is a victim or a trafficker. Begin with `undertow demo`,
or with `undertow start FOLDER`, `undertow collect FILES...`, `undertow run`, `undertow leads`.
"""

app = App(name="undertow", help=HELP, version=__version__, help_format="plaintext")

COMMANDS: dict[str, Callable[..., Any]] = {
    "demo": working.demo,
    "start": working.start,
    "collect": working.collect,
    "run": working.run,
    "leads": asking.leads,
    "lead": asking.lead,
    "network": asking.network,
    "why": asking.why,
    "search": asking.search,
    "report": working.report,
    "cut": deciding.cut,
    "pair": pairing.pair,
    "split": pairing.split,
    "pairs": pairing.pairs,
    "judge": deciding.judge,
    "next": learning.next_,
    "learn": learning.learn,
    "weights": learning.weights,
    "watch": watching.watch,
    "watchlist": watching.watchlist,
    "alerts": watching.alerts,
    "mute": watching.mute,
    "lists": listing.lists,
    "serve": serving.serve,
    "people": people.people,
    "cases": cases.cases,
    "audit": auditing.audit,
    "match-service": answering.match_service,
    "rejects": keeping.rejects,
    "settings": keeping.settings,
    "simulate": simulating.simulate,
    "evaluate": measuring.evaluate,
    "doctor": keeping.doctor,
}

for number, (name, command) in enumerate(COMMANDS.items()):
    app.command(command, name=name, sort_key=number)


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and ends the process with its exit code: 0, or that of the error (see `undertow.errors`)."""
    try:
        given = sys.argv[1:] if arguments is None else arguments
        app(_workspace_last(given), exit_on_error=False, print_error=False)
    except CycloptsError as error:
        _fail(2, str(error).strip(), "`undertow COMMAND --help` lists what a command takes")
    except UndertowError as error:
        _fail(error.exit_code, error.message, error.hint)
    except KeyboardInterrupt:
        _fail(130, "stopped; nothing was changed", "")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _workspace_last(given: list[str]) -> list[str]:
    """`-w FOLDER` may stand before the command too."""
    return [*given[2:], *given[:2]] if given[:1] in (["-w"], ["--workspace"]) and len(given) > 2 else given


def _fail(code: int, message: str, hint: str) -> None:
    words(f"error: {message}")
    if hint:
        words(f"hint: {hint}")
    sys.exit(code)
