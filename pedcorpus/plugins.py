"""Finds what is registered under an entry-point group; ours register as a stranger's would."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any

from pedcorpus.errors import UsageError

__all__ = ["load_plugin", "load_plugins", "plugin_names"]


def plugin_names(group: str) -> tuple[str, ...]:
    """Names registered under `pedcorpus.<group>`, sorted, without importing them."""
    return tuple(sorted({point.name for point in entry_points(group=f"pedcorpus.{group}")}))


@cache
def load_plugins(group: str) -> dict[str, Any]:  # entry points are untyped; each room narrows them
    """Everything registered under `pedcorpus.<group>`, by name in sorted order.

    Raises:
        UsageError: two packages register the same name, or one cannot be imported.
    """
    loaded: dict[str, Any] = {}
    for point in sorted(entry_points(group=f"pedcorpus.{group}"), key=lambda point: (point.name, point.value)):
        if point.name in loaded:
            raise UsageError(f"entry point {point.name!r} of pedcorpus.{group} is registered twice; uninstall one")
        try:
            loaded[point.name] = point.load()
        except (ImportError, AttributeError) as error:
            raise UsageError(f"entry point {point.name} = {point.value} of pedcorpus.{group}: {error}") from error
    return loaded


def load_plugin(group: str, name: str) -> Any:  # narrowed by the caller, as above
    """The one plugin of `group` called `name`.

    Raises:
        UsageError: nothing is registered under that name.
    """
    plugins = load_plugins(group)
    if name not in plugins:
        raise UsageError(f"no {group} plugin is called {name!r}; known: {', '.join(plugins) or 'none'}")
    return plugins[name]
