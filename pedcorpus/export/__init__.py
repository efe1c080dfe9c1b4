"""Immutable, described, byte-reproducible versions of the corpus: written once, read and verified ever after."""

from pedcorpus.export.audit import audit_export
from pedcorpus.export.bonds import bonded
from pedcorpus.export.contamination import told_overlaps
from pedcorpus.export.difference import Change, ChangedRow, difference, texts_of
from pedcorpus.export.folder import check_new_version, move_folder, scratch_folder, scratch_path
from pedcorpus.export.held import PrivacyRecord
from pedcorpus.export.manifest import MANIFEST_FILE, FileEntry, Manifest, parse_manifest
from pedcorpus.export.material import KEYS, STORED, Flags, Material, PrivacyFacts
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
from pedcorpus.export.release import Conversations, OverlapFinder, Release
from pedcorpus.export.remade import differences, first_difference
from pedcorpus.export.section import group_of, section_group
from pedcorpus.export.tiers import cited_tier, is_unknown
from pedcorpus.export.verify import verify_export
from pedcorpus.export.write import write_export

__all__ = [
    "KEYS",
    "MANIFEST_FILE",
    "PRIVACY",
    "SPLITS",
    "STORED",
    "VIEWS",
    "Change",
    "ChangedRow",
    "Conversations",
    "Export",
    "FileEntry",
    "Flags",
    "Manifest",
    "Material",
    "OverlapFinder",
    "PrivacyFacts",
    "PrivacyRecord",
    "Release",
    "Split",
    "View",
    "audit_export",
    "bonded",
    "check_new_version",
    "cited_tier",
    "difference",
    "differences",
    "first_difference",
    "group_of",
    "is_unknown",
    "list_exports",
    "move_folder",
    "newest_export",
    "open_export",
    "parse_manifest",
    "scratch_folder",
    "scratch_path",
    "section_group",
    "texts_of",
    "told_overlaps",
    "verify_export",
    "write_export",
]
