"""`python -m benchmarks [NAME...]`: runs the benchmarks and prints their tables; `--write` puts them in the docs.

A benchmark with options and a page of its own has a `command`, and runs where it is named first.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import benchmarks

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "speed-measured.md"


def reports() -> dict[str, Callable[[], str]]:
    """Every module here that has a `report`, by name."""
    modules = {
        info.name: import_module(f"benchmarks.{info.name}")
        for info in iter_modules(benchmarks.__path__)
        if info.name != "__main__"
    }
    return {name: module.report for name, module in modules.items() if hasattr(module, "report")}


def main(arguments: list[str]) -> None:
    """Runs the named benchmarks, or all that have a `report`."""
    own = _command(arguments[0]) if arguments else None
    if own:
        own(arguments[1:])
        return
    wanted = [name for name in arguments if not name.startswith("--")]
    text = "# Speed, measured\n\nMade by `make bench BENCH=--write`, on made-up data: it shows cost, not truth.\n"
    for name, report in reports().items():
        if not wanted or name in wanted:
            part = f"\n## {name}\n{(import_module(f'benchmarks.{name}').__doc__ or '').strip()}\n\n{report()}\n"
            print(part, flush=True)
            text += part
    if "--write" in arguments:
        PAGE.write_text(text, "utf-8")


def _command(name: str) -> Callable[[list[str]], None] | None:
    known = name in {info.name for info in iter_modules(benchmarks.__path__)}
    return getattr(import_module(f"benchmarks.{name}"), "command", None) if known else None


if __name__ == "__main__":
    main(sys.argv[1:])
