"""Small Baichuan2 folders as the original repositories have them: random weights, a vocabulary learnt from sentences
written here."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

SENTENCES = [
    "热性惊厥多见于6个月至3岁的儿童，体温常在38.5℃以上。",
    "孩子发热两天，咳嗽，夜间加重，怎么办？",
    "先测体温，多喝水；如果持续高热，请及时就医。",
    "轮状病毒肠炎以呕吐、腹泻为主，注意补液。",
    "Give the child 10 mg/kg of paracetamol every 6 hours.",
    "The fever lasted for 3 days and then the rash appeared.",
    "  if age_months < 3:\n        refer = True",
] * 4

USER, ASSISTANT = 195, 196
"""Ids of the tokens that mark turns, as in the published vocabulary."""

SIZES = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}

ORIGINAL_7B = {"max_position_embeddings": 256, "model_max_length": 256}
ORIGINAL_13B = {"model_max_length": 256}
"""What tells the layouts apart in the original configurations."""


@cache
def piece_model(**changes: Any) -> bytes:
    """A SentencePiece model as the Baichuan 2 report (arXiv 2309.10305) describes its own, but small, and `changes`."""
    import sentencepiece

    written = io.BytesIO()
    settings = {
        "model_type": "bpe",
        "vocab_size": 640,
        "byte_fallback": True,
        "split_digits": True,
        "allow_whitespace_only_pieces": True,
        "add_dummy_prefix": False,
        "remove_extra_whitespaces": False,
        "normalization_rule_name": "identity",
        "user_defined_symbols": [f"<reserved_{number - 89}>" for number in range(3, 199)],
        "num_threads": 1,
        "minloglevel": 2,
    }
    trainer = sentencepiece.SentencePieceTrainer
    trainer.train(sentence_iterator=iter(SENTENCES), model_writer=written, **settings | changes)
    return written.getvalue()


def write_tokenizer(folder: Path, pieces: bytes | None = None, **settings: Any) -> Path:
    """`tokenizer.model` and the original's tokenizer_config.json; `settings` go on top of it."""
    folder.mkdir(exist_ok=True)
    (folder / "tokenizer.model").write_bytes(pieces or piece_model())
    config = {
        "add_bos_token": False,
        "add_eos_token": False,
        "auto_map": {"AutoTokenizer": ["tokenization_baichuan.BaichuanTokenizer", None]},
        **{f"{name}_token": _added(token) for name, token in _SPECIALS.items()},
        "clean_up_tokenization_spaces": False,
        "model_max_length": 256,
        "sp_model_kwargs": {},
        "tokenizer_class": "BaichuanTokenizer",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps({**config, **settings}))
    return folder


_SPECIALS = {"bos": "<s>", "eos": "</s>", "pad": "<unk>", "unk": "<unk>"}


def _added(token: str) -> dict[str, Any]:
    flags = {"lstrip": False, "normalized": True, "rstrip": False, "single_word": True}
    return {"__type": "AddedToken", "content": token, **flags}


def write_checkpoint(
    folder: Path, layout: dict[str, int] | None = None, *, shard: str = "1GB", **settings: Any
) -> Path:
    """A model of two blocks with its tokenizer, in shards of the size `shard`; `settings` are its configuration's."""
    import torch

    from pedcorpus.models.baichuan2 import Baichuan2Config, Baichuan2ForCausalLM

    config = Baichuan2Config(vocab_size=640, **{**SIZES, **(layout or ORIGINAL_7B), **settings})
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = Baichuan2ForCausalLM(config)
        for parameter in model.parameters():
            torch.nn.init.normal_(parameter, std=0.3)  # attention that fresh weights would leave flat
    model.save_pretrained(folder, max_shard_size=shard)
    ids = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
    turns = {"user_token_id": USER, "assistant_token_id": ASSISTANT}
    (folder / "generation_config.json").write_text(json.dumps({**ids, **turns}))
    return write_tokenizer(folder)
