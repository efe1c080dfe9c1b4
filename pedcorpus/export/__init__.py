"""Immutable, described, byte-reproducible versions of the corpus: written once, read and verified ever after."""

from pedcorpus.export.manifest import FileEntry, Manifest
from pedcorpus.export.read import (
    SPLITS,
    VIEWS,
    Export,
    Split,
    View,
    list_exports,
    newest_export,
    open_export,
)
from pedcorpus.export.verify import verify_export

__all__ = [
    "SPLITS",
    "VIEWS",
    "Export",
    "FileEntry",
    "Manifest",
    "Split",
    "View",
    "list_exports",
    "newest_export",
    "open_export",
    "verify_export",
]
