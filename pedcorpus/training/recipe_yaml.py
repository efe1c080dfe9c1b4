"""YAML as recipes are written in it."""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["parse_yaml"]


class _Loader(yaml.SafeLoader):
    """YAML 1.2's numbers: PyYAML by itself reads 1e-4 as a text."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+$"), list("-+.0123456789")
)


def parse_yaml(text: str) -> Any:  # any YAML value
    """The value that `text` holds; raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # _Loader is a SafeLoader
