"""What differs between a version and the same made again, and why."""

from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.export import Export, FileEntry, Manifest, differences, first_difference

OTHER = "f" * 64


def changed(then: Manifest, *names: str) -> Manifest:
    entry = FileEntry(sha256=OTHER, bytes=1)
    return then.model_copy(update={"files": {**then.files, **dict.fromkeys(names, entry)}})


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["README.md", "cpt/test.parquet", "instructions/train.parquet"], "instructions/train.parquet"),
        (["README.md", "croissant.json", "reports/review.json", "sft/test.parquet"], "sft/test.parquet"),
        (["LICENSE.md", "README.md", "reports/review.json"], "reports/review.json"),
        (["zzz.txt"], "zzz.txt"),
        ([], "manifest.json"),
    ],
)
def test_rows_are_named_before_what_is_made_of_them(sample_export: Export, names: list[str], first: str) -> None:
    then = sample_export.manifest
    assert first_difference(then, changed(then, *names)) == first


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code_version": "9.1"}, "and this is 9.1"),
        ({"writer": "pyarrow 99"}, "and this is pyarrow 99"),
        ({"settings_sha256": OTHER}, "its settings or evaluation sets"),
        ({"sources_sha256": OTHER}, "declared otherwise"),
        ({"decisions_sha256": OTHER}, "the decisions behind its rows"),
        ({"replies_sha256": OTHER}, "the models' replies"),
        ({"parent": "v0"}, "it followed nothing, and follows v0"),
        ({"low_agreement": "pilot"}, "says pilot"),
        ({}, "other rows of the corpus"),
    ],
)
def test_each_reason_that_the_manifests_tell_is_said(
    sample_export: Export, change: dict[str, Any], reason: str
) -> None:
    then = sample_export.manifest
    (told,) = differences(then, then.model_copy(update=change))
    assert reason in told


def test_without_what_was_there_is_nothing_to_tell_it_by(sample_export: Export) -> None:
    assert first_difference(None, sample_export.manifest) == "manifest.json"
    assert "was not kept" in differences(None, sample_export.manifest)[0]
