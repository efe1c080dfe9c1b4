"""Immutable, described, byte-reproducible versions of the corpus: written once, read and verified ever after."""

from pedcorpus.export.contamination import told_overlaps
from pedcorpus.export.difference import Change, ChangedRow, difference, texts_of
from pedcorpus.export.folder import check_new_version
from pedcorpus.export.manifest import FileEntry, Manifest
from pedcorpus.export.privacy import PRIVACY
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
from pedcorpus.export.release import OverlapFinder, PrivacyRecord, Release
from pedcorpus.export.section import section_group
from pedcorpus.export.split import bonded
from pedcorpus.export.verify import verify_export
from pedcorpus.export.write import write_export

__all__ = [
    "PRIVACY",
    "SPLITS",
    "VIEWS",
    "Change",
    "ChangedRow",
    "Export",
    "FileEntry",
    "Manifest",
    "OverlapFinder",
    "PrivacyRecord",
    "Release",
    "Split",
    "View",
    "bonded",
    "check_new_version",
    "difference",
    "list_exports",
    "newest_export",
    "open_export",
    "section_group",
    "texts_of",
    "told_overlaps",
    "verify_export",
    "write_export",
]
