"""What a model folder says of its model and tokenizer: read from its JSON files, without torch or transformers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError

__all__ = [
    "ModelShape",
    "adapter_widths",
    "has_tokenizer",
    "highest_text_id",
    "is_adapter",
    "model_shape",
    "read_config",
]

Config = dict[str, Any]  # JSON's values

_NAMES = {
    "vocab_size": ("vocab_size",),
    "hidden_size": ("hidden_size", "n_embd", "d_model"),
    "intermediate_size": ("intermediate_size", "n_inner", "ffn_dim"),
    "layers": ("num_hidden_layers", "n_layer"),
    "heads": ("num_attention_heads", "n_head"),
}
"""What models call these in their config.json."""

_LENGTHS = ("max_position_embeddings", "n_positions", "model_max_length")
"""Where they say how long a sequence may be; Baichuan2-13B, whose positions have no end, has the last alone."""


_TOKENIZERS = ("tokenizer*", "vocab*", "*.model", "*.tiktoken", "tekken.json")
"""Files of which every tokenizer that transformers reads has at least one."""


@dataclass(frozen=True)
class ModelShape:
    """Sizes of a decoder built like Llama, which most causal language models are."""

    vocab_size: int
    hidden_size: int
    intermediate_size: int
    layers: int
    heads: int
    kv_size: int
    """Width of keys, and of values."""
    q_size: int
    """Width of queries."""
    tied: bool
    """Whether the output head is the embedding."""
    max_positions: int | None
    """Tokens of its longest sequence; none where it does not say."""
    packed: bool = False
    """Whether one linear layer makes queries, keys and values, as Baichuan's does."""

    @property
    def linears(self) -> dict[str, tuple[int, int]]:
        """The linear layers of one block: width of input and output."""
        wide = self.intermediate_size
        apart = {
            "q_proj": (self.hidden_size, self.q_size),
            "k_proj": (self.hidden_size, self.kv_size),
            "v_proj": (self.hidden_size, self.kv_size),
        }
        return {
            **({"W_pack": (self.hidden_size, self.q_size + 2 * self.kv_size)} if self.packed else apart),
            "o_proj": (self.q_size, self.hidden_size),
            "gate_proj": (self.hidden_size, wide),
            "up_proj": (self.hidden_size, wide),
            "down_proj": (wide, self.hidden_size),
        }

    @property
    def parameters(self) -> int:
        """All of them: embedding, head, linears and two norms a block, and the last norm."""
        block = sum(inputs * outputs for inputs, outputs in self.linears.values()) + 2 * self.hidden_size
        embeddings = self.vocab_size * self.hidden_size * (1 if self.tied else 2)
        return embeddings + self.layers * block + self.hidden_size


def read_config(folder: Path) -> Config:
    """The config.json of a model folder, of a model that also sees the part for text.

    Raises:
        UsageError: it is no JSON object.
    """
    path = folder / "config.json"
    try:
        config = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(config, dict):
        raise UsageError(f"{path}: holds no JSON object")
    text: Config = config.get("text_config") or config
    return text


def model_shape(config: Config) -> ModelShape | None:
    """Sizes as a config.json gives them; none where it does not give them all."""
    found = {name: config[key] for name, keys in _NAMES.items() for key in keys if isinstance(config.get(key), int)}
    if "hidden_size" in found:
        found.setdefault("intermediate_size", 4 * found["hidden_size"])  # GPT's, where it does not say
    if found.keys() != _NAMES.keys():
        return None
    head = config.get("head_dim") or found["hidden_size"] // found["heads"]
    return ModelShape(
        **found,
        kv_size=(config.get("num_key_value_heads") or found["heads"]) * head,
        q_size=found["heads"] * head,
        tied=bool(config.get("tie_word_embeddings", False)),
        max_positions=next((config[key] for key in _LENGTHS if config.get(key)), None),
        packed=config.get("model_type") == "baichuan",
    )


def has_tokenizer(folder: Path) -> bool:
    """Whether anything in the folder is a tokenizer's; whether it can be read is for transformers to say."""
    return any(True for pattern in _TOKENIZERS for _ in folder.glob(pattern))


def highest_text_id(folder: Path) -> int | None:
    """The highest id that text can become, added tokens aside; none without a tokenizer.json."""
    try:
        tokenizer = json.loads((folder / "tokenizer.json").read_bytes())
        vocabulary = tokenizer["model"]["vocab"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(vocabulary, dict):
        return len(vocabulary) - 1
    added = {each["content"] for each in tokenizer.get("added_tokens", ())}
    return max((index for token, index in vocabulary.items() if token not in added), default=None)


def is_adapter(folder: Path) -> bool:
    """Whether the folder holds an adapter and no model."""
    return (folder / "adapter_config.json").is_file() and not (folder / "config.json").is_file()


def adapter_widths(folder: Path) -> set[tuple[str, int]]:
    """Names of linear layers and the width of their input that an adapter of MUE's was made for; empty for others."""
    return {
        (name.split(".mue_A")[0].rsplit(".", 1)[-1], shape[1])
        for name, shape in _tensors(folder / "adapter_model.safetensors")
        if ".mue_A" in name
    }


def _tensors(path: Path) -> Iterator[tuple[str, list[int]]]:
    """Names and shapes of a safetensors file: its first eight bytes tell the length of the JSON that follows."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    yield from ((name, value["shape"]) for name, value in header.items() if name != "__metadata__")
