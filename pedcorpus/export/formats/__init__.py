"""Versions in the formats of the field: made from finished Parquet, never from the corpus."""

from pedcorpus.errors import UsageError
from pedcorpus.export.formats.convert import Converted, convert_export
from pedcorpus.export.formats.format import NOT_ALTERNATING, SAME_ANSWER, Format, LineFile
from pedcorpus.export.formats.origin import ORIGIN_FILE, Origin
from pedcorpus.plugins import load_plugin, plugin_names

__all__ = [
    "NOT_ALTERNATING",
    "ORIGIN_FILE",
    "SAME_ANSWER",
    "Converted",
    "Format",
    "LineFile",
    "Origin",
    "convert_export",
    "format_names",
    "format_of",
]


def format_names() -> tuple[str, ...]:
    """What `--format` may be."""
    return plugin_names("formats")


def format_of(name: str) -> Format:
    """The registered format called `name`.

    Raises:
        UsageError: there is none.
    """
    if name not in format_names():
        raise UsageError(f"--format {name}: expected one of {', '.join(format_names())}")
    form: Format = load_plugin("formats", name)
    return form
