"""Makes docs/reference from the code: tables, settings, commands and every plug-in. A test compares it."""

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, get_args, get_origin

from undertow import plugins, settings, tables
from undertow.assess.contract import Indicator
from undertow.cli.app import COMMANDS
from undertow.collect.contract import Source
from undertow.errors import OutsideError, PluginError, UndertowError, UserError
from undertow.evaluate.run import measures
from undertow.extract.contract import Finder
from undertow.link.contract import Evidence
from undertow.match.contract import ListFormat
from undertow.watch.contract import Kind

FOLDER = Path(__file__).parent / "reference"
MADE = "Made from the code by `make docs`; do not edit.\n"


def pages() -> dict[str, str]:
    """Every page of the reference, by file name."""
    made = {
        "tables.md": _tables(),
        "settings.md": _settings(),
        "commands.md": _commands(),
        "sources.md": _sources(),
        "finders.md": _finders(),
        "evidence.md": _evidence(),
        "indicators.md": _indicators(),
        "measures.md": _measures(),
        "alerts.md": _alerts(),
        "rights.md": _rights(),
        "list_formats.md": _list_formats(),
    }
    return {name: text.rstrip() + "\n" for name, text in made.items()}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def _lead(what: object) -> str:
    return inspect.cleandoc(getattr(what, "__doc__", "") or "").split("\n\n")[0]


def _tables() -> str:
    kinds = {kind: name for name, kind in tables.TYPES.items()}
    text = f"# Tables\n\n{MADE}\n{inspect.cleandoc(tables.__doc__ or '')}\n"
    for table in tables.TABLES.values():
        text += f"\n## {table.name}\nWritten by **{table.stage}**. One row is {table.row}; "
        text += f"its key: {', '.join(table.key)}.\n\n"
        rows = [(f"`{column.name}`", kinds[column.type], table.notes[column.name]) for column in table.schema]
        text += _table(("column", "type", "note"), rows)
    return text


def _settings() -> str:
    rows = [
        (f"`{row['setting']}`", f"`{row['default']}`" if row["default"] else "", row["meaning"])
        for row in settings.listed(settings.Settings())
    ]
    return f"# Settings\n\n{MADE}\nThey stand in `workspace.toml`; unknown keys are refused.\n\n" + _table(
        ("setting", "default", "meaning"), rows
    )


def _commands() -> str:
    text = f"# Commands\n\n{MADE}\nData goes to stdout, words to stderr. "
    text += "Exit codes: 0 well, " + ", ".join(
        f"{kind.exit_code} {_lead(kind).rstrip('.')[0].lower()}{_lead(kind).rstrip('.')[1:]}"
        for kind in (UndertowError, UserError, OutsideError, PluginError)
    )
    text += ".\n"
    for name, command in COMMANDS.items():
        text += f"\n## undertow {name}\n{_lead(command)}\n\n"
        rows = [_option(parameter) for parameter in inspect.signature(command).parameters.values()]
        text += _table(("option", "default", "meaning"), rows)
    return text


def _option(parameter: inspect.Parameter) -> tuple[str, str, str]:
    positional = parameter.kind is inspect.Parameter.POSITIONAL_ONLY
    name = parameter.name.strip("_").replace("_", "-")
    shown, meaning = (name.upper() if positional else f"--{name}"), ""
    if get_origin(parameter.annotation) is Annotated:
        for extra in get_args(parameter.annotation)[1:]:
            meaning = getattr(extra, "help", None) or meaning
            shown = ", ".join(getattr(extra, "name", None) or ()) or shown
    default = "" if parameter.default in (inspect.Parameter.empty, None, "", False) else str(parameter.default)
    return f"`{shown}`", default, meaning


def _plugin_doc(folder: str, name: str) -> str:
    from importlib import import_module

    return _lead(import_module(f"{folder}.{name}"))


def _sources() -> str:
    held = plugins.load("undertow.collect.sources", Source)
    rows = [
        (f"`{name}`", str(source.version), _plugin_doc("undertow.collect.sources", name))
        for name, source in held.items()
    ]
    return f"# Sources\n\n{MADE}\nEach reads one format.\n\n" + _table(("source", "version", "reads"), rows)


def _finders() -> str:
    held = plugins.load("undertow.extract.finders", Finder)
    text = f"# Finders\n\n{MADE}"
    for name, finder in held.items():
        text += f"\n## {name}\nVersion {finder.version}. {_plugin_doc('undertow.extract.finders', name)}\n\n"
        text += _table(("text", "values"), _examples(finder.examples))
    return text


def _examples(examples: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, str]]:
    for text, values in examples.items():
        yield f"`{text.replace('`', ' ')}`", ", ".join(f"`{value}`" for value in values) or "nothing"


def _evidence() -> str:
    held = plugins.load("undertow.link.evidence", Evidence)
    rows = [
        (f"`{name}`", str(one.version), one.family, "yes" if one.strong else "no", f"a record {one.says} {one.thing}")
        for name, one in held.items()
    ]
    return f"# Evidence that ties records\n\n{MADE}\n" + _table(
        ("evidence", "version", "family", "strong", "says"), rows
    )


def _indicators() -> str:
    held = plugins.load("undertow.assess.indicators", Indicator)
    text = f"# Indicators\n\n{MADE}\nOne alone never makes a lead.\n"
    for name, one in held.items():
        text += f"\n## {name}\n{one.says}\n\n"
        rows = [
            ("version", str(one.version)),
            ("source", one.source),
            ("evidence grade", one.grade),
            ("speaks to", ", ".join(sorted(one.speaks_to)) or "none of act, means, purpose"),
            ("speaks for", one.speaks_for.replace("_", " ") or "no class"),
            ("family", one.family),
            ("may be harmless", one.harmless),
        ]
        text += _table(("", ""), rows)
    return text


def _measures() -> str:
    text = f"# Measures\n\n{MADE}\nWhat `undertow evaluate` makes, in this order.\n"
    for name, one in measures().items():
        text += f"\n## {name}\n{one.says}\n\n"
        rows = [
            ("version", str(one.version)),
            ("tables that must exist", ", ".join(one.needs)),
            ("the truth must know", ", ".join(one.asks)),
        ]
        text += _table(("", ""), rows)
    return text


def _alerts() -> str:
    held = plugins.load("undertow.watch.alerts", Kind)
    rows = [(f"`{name}`", str(one.version), one.says, one.tells) for name, one in held.items()]
    text = f"# Alerts\n\n{MADE}\nWhat `undertow watch` tells, each once. "
    text += "What is new about one subject in one run is one alert.\n\n"
    return text + _table(("kind", "version", "when", "sentence"), rows)


def _list_formats() -> str:
    folder = "undertow.match.list_formats"
    rows = [
        (f"`{name}`", str(one.version), _plugin_doc(folder, name))
        for name, one in plugins.load(folder, ListFormat).items()
    ]
    text = f"# Formats of hash lists\n\n{MADE}\nWhat `undertow lists add` reads.\n\n"
    return text + _table(("format", "version", "reads"), rows)


def _having(right: str) -> Iterable[str]:
    from undertow.web import rights

    return ("yes" if right in held else "" for held in rights.ROLES.values())


def _rights() -> str:
    from undertow.web import rights, sight
    from undertow.web.app import pages as pages_of_the_workbench

    rows = [
        (page.name, f"`{route.method} {route.path}`", route.right, *_having(route.right))
        for page in pages_of_the_workbench().values()
        for route in page.routes
    ]
    text = f"# Rights in the workbench\n\n{MADE}\n{inspect.cleandoc(rights.__doc__ or '')}\n\n"
    text += (
        "Style sheets, scripts and the mark under `/static` are open; they hold no data. Who is not signed in is asked "
    )
    text += "to; who has not set a password of their own and a second factor sees their account alone.\n\n"
    text += _table(("page", "address", "right", *rights.ROLES), rows)
    return text + "\n## Markings\n\n" + inspect.cleandoc(sight.__doc__ or "") + "\n\n" + _markings()


def _markings() -> str:
    from undertow.review.people import MARKINGS
    from undertow.web.sight import Sight

    rows = [(one, *("yes" if Sight(one).sees(marking) else "" for marking in MARKINGS)) for one in MARKINGS]
    return _table(("who may see up to", *MARKINGS), rows)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for page, content in pages().items():
        (FOLDER / page).write_text(content, "utf-8")
