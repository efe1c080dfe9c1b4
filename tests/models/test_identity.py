from pathlib import Path

import pytest

import pedcorpus.models.identity as identity
from pedcorpus.errors import UsageError
from pedcorpus.models import model_identity


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "model"
    made.mkdir()
    (made / "config.json").write_text("{}")
    (made / "model.safetensors").write_bytes(bytes(300_000))
    return made


def test_a_model_is_the_same_wherever_it_lies(folder: Path) -> None:
    first = model_identity(folder)
    assert model_identity(folder.rename(folder.with_name("moved"))) == first


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", "tokenizer.json"])
def test_another_file_is_another_model(folder: Path, file: str) -> None:
    first = model_identity(folder)
    (folder / file).write_bytes(b"changed")
    assert model_identity(folder) != first


def test_cards_and_logs_do_not_count(folder: Path) -> None:
    first = model_identity(folder)
    (folder / "README.md").write_text("a card")
    assert model_identity(folder) == first


def test_an_adapter_and_a_template_count(folder: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text("{}")
    known = {model_identity(folder), model_identity(folder, adapter), model_identity(folder, template="default")}
    assert len(known) == 3


def test_of_a_large_file_pieces_all_over_it_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_WHOLE_BYTES", 1000)
    monkeypatch.setattr(identity, "_PIECES", 4)
    monkeypatch.setattr(identity, "_PIECE_BYTES", 10)
    first = model_identity(folder)
    data = bytearray(300_000)
    data[-1] = 1
    (folder / "model.safetensors").write_bytes(data)
    assert model_identity(folder) != first


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        model_identity(tmp_path / "none")
