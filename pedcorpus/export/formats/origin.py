"""What a converted folder says of itself: which version it was made from, and what stayed behind on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pyarrow.parquet as pq
import yaml
from pydantic import Field

from pedcorpus.export.contents import CORPUS_NAME
from pedcorpus.export.formats.features import hub_features
from pedcorpus.export.formats.format import Format, LineFile
from pedcorpus.export.manifest import FileEntry
from pedcorpus.export.read import Export, View
from pedcorpus.records import Record, Tier

__all__ = ["ORIGIN_FILE", "Origin", "origin_bytes", "readme_text"]

ORIGIN_FILE = "made-from.json"


class Origin(Record):
    """The version behind a converted folder, and the hash of every file in it."""

    version: str
    manifest_sha256: str
    """Of the version's manifest.json; it stands for the whole version."""
    tier: Tier
    status: Literal["accepted", "candidate"]
    sources: tuple[str, ...] = ()
    """Works that rows of the version rest on, by id."""
    format: str
    code_version: str
    """Version of pedcorpus that converted it."""
    views_left_out: tuple[View, ...] = ()
    """Training views with rows that this format cannot carry at all."""
    rows_left_out: dict[str, dict[str, int]] = Field(default_factory=dict)
    """Rows that it cannot carry, by `view/split` and reason."""
    files: dict[str, FileEntry]
    """Every file but this one, by path with forward slashes."""


def origin_bytes(origin: Origin) -> bytes:
    """The record as its one file, paths sorted."""
    ordered = origin.model_copy(update={"files": dict(sorted(origin.files.items()))})
    return (ordered.model_dump_json(indent=2) + "\n").encode()


def readme_text(form: Format, files: Sequence[LineFile], *, export: Export, terms: Sequence[str]) -> str:
    """README.md: where the folder is from, and how it is read; `datasets.load_dataset` goes by its first lines.

    `terms` are the files that say under which terms the rows may be used.
    """
    manifest = export.manifest
    says = (
        f"{CORPUS_NAME} {manifest.version} as `{form.name}`, for {form.read_by}. Made from the version whose "
        f"`manifest.json` has SHA-256 `{export.sha256}`; the card of that version says what is in it. Release tier "
        f"`{manifest.tier}`."
    )
    licences = " and ".join(f"`{name}`" for name in terms)
    sections = [
        f"---\n{yaml.safe_dump(_front_matter(form, files, export), sort_keys=False)}---",
        f"# {CORPUS_NAME} {manifest.version}, {form.name}",
        says,
        "**This is research data, not medical advice. It must not be used to diagnose or treat anybody.**",
        *([f"The licences of the works, and what they ask for, are in {licences}."] if terms else []),
        form.usage(files),
        f"The format: <{form.documented_at}>.",
    ]
    return "\n\n".join(sections) + "\n"


def _front_matter(form: Format, files: Sequence[LineFile], export: Export) -> dict[str, object]:
    configs: dict[str, object] = {"configs": _configs(files)}
    if not form.keeps_columns:
        return configs
    tables = {file.view: export.view_file(file.view, file.split) for file in files}
    infos = [
        {"config_name": view, "features": hub_features(pq.read_schema(path))} for view, path in tables.items() if path
    ]
    return {**configs, "dataset_info": infos}


def _configs(files: Sequence[LineFile]) -> list[Mapping[str, object]]:
    folders = dict.fromkeys(file.path.rpartition("/")[0] for file in files)
    return [
        {
            "config_name": folder.replace("/", "-"),
            "data_files": [{"split": file.split, "path": file.path} for file in files if _is_in(file, folder)],
        }
        for folder in folders
    ]


def _is_in(file: LineFile, folder: str) -> bool:
    return file.path.rpartition("/")[0] == folder
