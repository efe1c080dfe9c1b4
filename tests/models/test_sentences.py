"""A folder with a sentence-transformers model gives vectors, offline; none is ever downloaded."""

import subprocess
import sys
from pathlib import Path

import pytest

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.models.sentences import FolderEmbedder

TEXTS = {"a": "孩子发热", "b": "湿疹护理"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A BERT of a few thousand random numbers with a tokenizer of single characters."""
    pytest.importorskip("sentence_transformers", reason="needs the [embed] extra")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(0)
    base = tmp_path / "bert"
    base.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"孩子发热湿疹护理怎么办"]
    (base / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab=str(base / "vocab.txt")).save_pretrained(base)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=32, **shape)).save_pretrained(base)
    transformer = Transformer(str(base), max_seq_length=32)
    model = SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu")
    model.save(str(tmp_path / "tiny model"))
    return tmp_path / "tiny model"


def test_each_text_gets_a_vector_and_the_same_one_again(folder: Path) -> None:
    (first,) = FolderEmbedder(folder).embed(TEXTS)
    (second,) = FolderEmbedder(folder).embed(TEXTS)
    assert {key: len(vector) for key, vector in first.items()} == {"a": 16, "b": 16}
    assert first["a"] == pytest.approx(second["a"])
    assert first["a"] != pytest.approx(first["b"])


def test_a_changed_model_has_another_name(folder: Path) -> None:
    before = FolderEmbedder(folder).name
    assert before.startswith("tiny-model-")
    weights = next(folder.rglob("*.safetensors"))
    raw = bytearray(weights.read_bytes())
    raw[-1] ^= 1
    weights.write_bytes(raw)
    assert FolderEmbedder(folder).name != before


def test_a_name_that_is_no_folder_is_not_downloaded(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing is downloaded"):
        FolderEmbedder(tmp_path / "BAAI" / "bge-m3")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"neither modules\.json nor config\.json"):
        FolderEmbedder(tmp_path)


def test_a_folder_with_a_broken_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the [embed] extra")
    (tmp_path / "modules.json").write_text('[{"type": "nothing.Known", "path": "", "idx": 0, "name": "0"}]')
    with pytest.raises(UsageError, match="cannot be loaded"):
        list(FolderEmbedder(tmp_path).embed(TEXTS))


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    (tmp_path / "config.json").touch()
    with pytest.raises(MissingExtra, match=r"pip install 'pedcorpus\[embed\]'"):
        list(FolderEmbedder(tmp_path).embed(TEXTS))


def test_torch_waits_for_the_first_text() -> None:
    code = (
        "import sys, pedcorpus.flow, pedcorpus.models.sentences, pedcorpus.cli.diversity_commands; "
        "print([name for name in ('torch', 'sentence_transformers', 'faiss', 'sklearn') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
