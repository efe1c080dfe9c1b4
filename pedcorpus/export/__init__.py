"""Immutable, described, byte-reproducible versions of the corpus: written once, read and verified ever after."""

from pedcorpus.export.audit import audit_export
from pedcorpus.export.bonds import bonded
from pedcorpus.export.contamination import told_overlaps
from pedcorpus.export.copy import copy_export
from pedcorpus.export.difference import Change, ChangedRow, difference, texts_of
from pedcorpus.export.folder import check_new_version, move_folder, scratch_folder, scratch_path
from pedcorpus.export.held import PrivacyRecord
from pedcorpus.export.manifest import MANIFEST_FILE, FileEntry, Manifest, parse_manifest
from pedcorpus.export.material import KEYS, STORED, Flags, Material, PrivacyFacts
from pedcorpus.export.origin_columns import ORIGINS, OriginKind, OriginRecord, origin_record
from pedcorpus.export.origins import documents_of, has_origins, origin_tables, pairs_of, replies_of, sources_of
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
from pedcorpus.export.record_check import record_of
from pedcorpus.export.release import Conversations, OverlapFinder, Release
from pedcorpus.export.remade import differences, first_difference
from pedcorpus.export.section import group_of, section_group
from pedcorpus.export.tiers import cited_tier, is_unknown
from pedcorpus.export.trained_on import share_trained_on
from pedcorpus.export.verify import verify_export
from pedcorpus.export.write import write_export

__all__ = [
    "KEYS",
    "MANIFEST_FILE",
    "ORIGINS",
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
    "OriginKind",
    "OriginRecord",
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
    "copy_export",
    "difference",
    "differences",
    "documents_of",
    "first_difference",
    "group_of",
    "has_origins",
    "is_unknown",
    "list_exports",
    "move_folder",
    "newest_export",
    "open_export",
    "origin_record",
    "origin_tables",
    "pairs_of",
    "parse_manifest",
    "record_of",
    "replies_of",
    "scratch_folder",
    "scratch_path",
    "section_group",
    "share_trained_on",
    "sources_of",
    "texts_of",
    "told_overlaps",
    "verify_export",
    "write_export",
]
