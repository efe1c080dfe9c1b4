import sys

import pytest

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.models.gguf import convert_gguf, gguf_in, load_gguf


@pytest.fixture(scope="module")
def gguf_file(tmp_path_factory):
    """A Llama of one layer, in float16, with eight tokens and no prompt template."""
    gguf = pytest.importorskip("gguf", reason="needs the [train] extra")
    np = pytest.importorskip("numpy")
    draw = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    for add, value in (
        (writer.add_context_length, 32),
        (writer.add_embedding_length, 8),
        (writer.add_block_count, 1),
        (writer.add_feed_forward_length, 16),
        (writer.add_head_count, 2),
        (writer.add_head_count_kv, 2),
        (writer.add_layer_norm_rms_eps, 1e-5),
        (writer.add_vocab_size, 8),
        (writer.add_tokenizer_model, "gpt2"),
        (writer.add_token_list, ["</s>", *"abcdef", "ab"]),
        (writer.add_token_types, [3, *[1] * 7]),
        (writer.add_token_merges, ["a b"]),
        (writer.add_eos_token_id, 0),
    ):
        add(value)
    shapes = {"token_embd": (8, 8), "output": (8, 8), "blk.0.ffn_down": (8, 16)}
    shapes |= {f"blk.0.attn_{name}": (8, 8) for name in ("q", "k", "v", "output")}
    shapes |= {f"blk.0.ffn_{name}": (16, 8) for name in ("gate", "up")}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", draw.normal(size=shape).astype(np.float16))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(8, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_gguf_file_is_named_itself_or_by_its_folder(tmp_path):
    (tmp_path / "model.gguf").write_bytes(b"GGUF...")
    assert gguf_in(tmp_path / "model.gguf") == gguf_in(tmp_path) == tmp_path / "model.gguf"
    (tmp_path / "config.json").write_text("{}")
    assert gguf_in(tmp_path) is None  # a model folder that has one besides
    assert gguf_in(tmp_path / "none.gguf") is None


def test_a_file_that_is_only_called_so_is_refused(tmp_path):
    (tmp_path / "model.gguf").write_bytes(b"<html>")
    with pytest.raises(UsageError, match="is no GGUF file"):
        gguf_in(tmp_path)


def test_a_folder_of_several_asks_which(tmp_path):
    for name in ("a.gguf", "b.gguf"):
        (tmp_path / name).write_bytes(b"GGUF")
    with pytest.raises(UsageError, match=r"several GGUF files \(a\.gguf, b\.gguf\); name one"):
        gguf_in(tmp_path)


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("pedcorpus.models.gguf.find_spec", lambda _name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'pedcorpus\[train\]'"):
        load_gguf(tmp_path / "model.gguf")


@pytest.mark.train
def test_a_gguf_file_becomes_an_ordinary_model_folder_in_float32(gguf_file, tmp_path):
    torch = pytest.importorskip("torch", reason="needs the [train] extra")
    from transformers import AutoModelForCausalLM, AutoTokenizer

    whole, _ = load_gguf(gguf_file)
    folder = convert_gguf(gguf_file, tmp_path / "base")
    model = AutoModelForCausalLM.from_pretrained(folder)
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}
    assert not hasattr(model.config, "quantization_config")
    tokens = torch.arange(8).view(1, 8)
    assert torch.equal(model(tokens).logits, whole(tokens).logits)
    assert "问：" in AutoTokenizer.from_pretrained(folder).chat_template


@pytest.mark.train
def test_what_transformers_cannot_read_is_one_line(tmp_path):
    pytest.importorskip("torch", reason="needs the [train] extra")
    (tmp_path / "model.gguf").write_bytes(b"GGUF" + b"\0" * 64)
    with pytest.raises(UsageError, match=r"model\.gguf: transformers cannot read this model: .*GGUF v0") as told:
        load_gguf(tmp_path / "model.gguf")
    assert "\n" not in str(told.value)


def test_looking_for_one_does_not_import_torch():
    import subprocess

    code = "import sys, pedcorpus.models.gguf; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
