"""Versions of the weights in a workspace: learned ones are new files beside each other, none is ever edited.

Which is used: the setting `assess.weights` names a file, or says `published` for the weights that ship; where it is
empty, the newest learned version, and before there is one the weights that ship.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from undertow.assess import weights
from undertow.errors import UserError
from undertow.runs import replace_file

FOLDER = "weights"
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Version:
    """One set of weights; `learned` is what its file says of how it came about, empty where people wrote it.

    `used` tells that the next run takes it.
    """

    path: Path
    name: str
    learned: Mapping[str, Any]
    used: bool = False


def chosen(root: Path, setting: str) -> Path:
    """The file of the weights that a workspace uses."""
    if setting == PUBLISHED:
        return weights.SHIPPED
    if setting:
        return root / setting
    return _files(root)[-1] if _files(root) else weights.SHIPPED


def name(root: Path, setting: str) -> str:
    """The version of the weights that a workspace uses."""
    return weights.load(chosen(root, setting)).version


def base(root: Path, setting: str) -> Path:
    """The file whose published points a fit starts from: never what was learned before."""
    return root / setting if setting not in ("", PUBLISHED) else weights.SHIPPED


def listed(root: Path, setting: str) -> list[Version]:
    """The weights that ship, a file that the setting names, and every learned version, oldest first."""
    paths = [weights.SHIPPED, *_files(root)]
    own = chosen(root, setting)
    if own not in paths:
        paths.insert(1, own)
    return [replace(_version(path), used=path == own) for path in paths]


def write(root: Path, start: Path, made: weights.Weights, learned: Mapping[str, str | int | float]) -> Version:
    """Writes a new version: the file `start` with the points, the bands and the curve of `made`.

    Every indicator keeps its reason, and what people set stands beside what was learned; `learned` is kept as said.
    """
    raw = _raw(start)
    number = max(map(_number, _files(root)), default=0) + 1
    ancestor = raw.get("learned", {}).get("base", raw["version"])
    rest = {key: value for key, value in raw.items() if key not in ("version", "learned")}
    raw = {"version": f"{ancestor}-learned-{number}", "learned": {"base": ancestor, **learned}, **rest}
    for indicator, about in raw["indicators"].items():
        about["published"] = about.get("published", about["points"])
        about["points"] = made.points[indicator]
    bands = zip(made.bands, made.published_bands, strict=True)
    raw["bands"] = [{"from": least, "published": own, "name": name} for (least, name), (own, _) in bands]
    if made.calibration:
        curve = made.calibration
        raw["calibration"] = {"slope": curve.slope, "intercept": curve.intercept, "on": curve.on}
    path = root / FOLDER / f"learned-{number:03}.toml"
    head = f"# Learned weights: a version of its own, made from {start.name}. Copy it to change it.\n\n"
    replace_file(path, (head + dumped(raw)).encode("utf-8"))
    return _version(path)


def dumped(raw: Mapping[str, Any], under: str = "") -> str:
    """Tables of texts, numbers, tables, and lists of tables, as TOML; single values come first, as TOML wants."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in raw.items() if not _is_table(value)]
    text = "\n".join(lines) + "\n" if lines else ""
    for key, value in raw.items():
        name = under + _key(key)
        if isinstance(value, dict):
            text += f"\n[{name}]\n" + dumped(value, name + ".")
        elif _is_table(value):
            text += "".join(f"\n[[{name}]]\n" + dumped(one, name + ".") for one in value)
    return text


def _is_table(value: object) -> bool:
    """A table, or a list of tables."""
    tables = value if isinstance(value, list) and value else [value]
    return all(isinstance(one, dict) for one in tables)


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else _value(key)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")


def _files(root: Path) -> Sequence[Path]:
    """The learned versions, oldest first; a copy under another name is none."""
    held = [path for path in (root / FOLDER).glob("learned-*.toml") if path.stem.removeprefix("learned-").isdecimal()]
    return sorted(held, key=_number)


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("learned-"))


def _version(path: Path) -> Version:
    loaded = weights.load(path)
    return Version(path, loaded.version, _raw(path).get("learned", {}))


def _raw(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path} holds no weights: {error!r}", hint=f"copy {weights.SHIPPED} and change it") from error
