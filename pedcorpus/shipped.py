"""Where the files that ship beside the code are: in a checkout, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped_folder"]


def shipped_folder(name: str) -> Path:
    """The folder `sources`, `train` or `schemas` as shipped with this installation."""
    package = Path(__file__).resolve().parent
    inside_wheel = package / "shipped" / name
    return inside_wheel if inside_wheel.is_dir() else package.parent / name
