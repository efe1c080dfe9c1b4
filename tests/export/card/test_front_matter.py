"""The YAML is read by the Hub's own libraries, and keeps to the rules that its forms state."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pedcorpus.export import Export
from pedcorpus.export.read import VIEWS

hub = pytest.importorskip("huggingface_hub", reason="pip install huggingface_hub")


@pytest.fixture(scope="module")
def card(sample_export: Export):
    return hub.DatasetCard.load(sample_export.root / "README.md")


def test_the_hubs_library_reads_every_field(card) -> None:
    known = set(hub.DatasetCardData().__dict__)
    unknown = set(card.data.to_dict()) - known
    assert unknown == {"license_name", "license_link", "configs", "tags"}  # the Hub's, though no arguments of the class
    assert card.data.pretty_name == "PedCorpus v1"


def test_another_licence_has_a_name_and_a_file_that_the_hub_accepts(card, sample_export: Export) -> None:
    assert card.data.license == "other"
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", card.data.license_name)
    assert card.data.license_link in ("LICENSE", "LICENSE.md")
    assert (sample_export.root / card.data.license_link).is_file()


def test_the_yaml_survives_the_hubs_own_rewriting(card, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(str(card), encoding="utf-8")
    assert hub.metadata_load(path) == card.data.to_dict()


def test_datasets_finds_a_config_for_every_view(card) -> None:
    metadata = pytest.importorskip("datasets.utils.metadata", reason="pip install 'pedcorpus[train]'")
    data = metadata.DatasetCardData(**card.data.to_dict())
    configs = metadata.MetadataConfigs.from_dataset_card_data(data)
    assert list(configs) == list(VIEWS)
    assert configs.get_default_config_name() == "sft"


@pytest.mark.parametrize("view", VIEWS)
def test_datasets_loads_every_view_with_all_its_rows(view: str, sample_export: Export, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="pip install 'pedcorpus[train]'")
    loaded = datasets.load_dataset(str(sample_export.root), view, cache_dir=str(tmp_path))
    entries = sample_export.manifest.files
    expected = {Path(name).stem: entry.rows for name, entry in entries.items() if name.startswith(f"{view}/")}
    assert {split: len(rows) for split, rows in loaded.items()} == expected
