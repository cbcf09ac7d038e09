"""Finds plug-ins: one file in a folder ends in one constant; installed packages add more by entry point."""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

from undertow.errors import PluginError

T = TypeVar("T")

_LOADED: dict[tuple[str, str], Mapping[str, Any]] = {}


def load(folder: str, kind: type[T]) -> Mapping[str, T]:
    """All plug-ins of `kind` below the package `folder`, by name, sorted.

    A module of the folder must hold exactly one constant of `kind`, in capitals, whose `name` is the file's name.
    Packages outside register theirs as entry points in the group named like the folder, `undertow.extract.finders` say.
    """
    key = (folder, kind.__name__)
    if key not in _LOADED:
        _LOADED[key] = MappingProxyType(_scan(folder, kind))
    return _LOADED[key]


def _scan(folder: str, kind: type[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    package = import_module(folder)
    for info in iter_modules(package.__path__):
        if not info.name.startswith("_"):
            module = import_module(f"{folder}.{info.name}")
            found[info.name] = _constant(module, kind, info.name)
    for point in entry_points(group=folder):
        plugin = point.load()
        if not isinstance(plugin, kind):
            raise PluginError(
                f"{point.value} is not a {kind.__name__}", hint=f"its package registers it as {folder}:{point.name}"
            )
        if point.name in found:
            raise PluginError(
                f"two plug-ins are named {point.name} in {folder}", hint=f"rename the one in {point.value}"
            )
        found[point.name] = plugin
    return dict(sorted(found.items()))


def _constant(module: ModuleType, kind: type[T], name: str) -> T:
    held = [value for key, value in vars(module).items() if key.isupper() and isinstance(value, kind)]
    if len(held) != 1:
        raise PluginError(
            f"{module.__name__} holds {len(held)} constants of type {kind.__name__}",
            hint="a plug-in file ends in exactly one",
        )
    plugin = held[0]
    if getattr(plugin, "name", None) != name:
        raise PluginError(
            f"the plug-in in {module.__name__} is named {getattr(plugin, 'name', None)!r}",
            hint=f"name it {name!r}, like its file",
        )
    return plugin
