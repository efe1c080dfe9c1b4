"""A settings file that explains itself: what `pedcorpus init` writes."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pedcorpus.settings.file import Settings

__all__ = ["settings_template"]


def settings_template() -> str:
    """A `pedcorpus.toml` with every key commented out at its default, with its explanation."""
    lines = ["# Settings of this workspace. Every key is shown with its default; remove the # to change it.", ""]
    tables: list[str] = []
    for name, info in Settings.model_fields.items():
        if isinstance(info.default, BaseModel):
            tables += _table(name, info.default)
        else:
            lines += [*_key_lines(name, info), ""]
    return "\n".join(lines + tables)


def _table(name: str, section: BaseModel) -> list[str]:
    """A table of the template, and the tables in it."""
    lines, inner = [f"# {type(section).__doc__}", f"[{name}]"], list[str]()
    for key, info in type(section).model_fields.items():
        if isinstance(info.default, BaseModel):
            inner += _table(f"{name}.{key}", info.default)
        else:
            lines += _key_lines(key, info)
    return [*lines, "", *inner]


def _key_lines(key: str, info: FieldInfo) -> list[str]:
    said = " ".join((info.description or "").split())
    return [f"# {said}", f"# {key} = {_toml(info.default)}"]


def _toml(value: str | float | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
