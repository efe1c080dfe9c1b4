"""Models to serve, with weights that nobody trained: the tiny one, and one of Gemma 3's 270M shape."""

from __future__ import annotations

from typing import Any

import torch
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

from pedcorpus.models import chat_template
from pedcorpus.models.tiny import TinyShape, tiny_model, tiny_tokenizer

__all__ = ["PROMPTS", "large", "tiny"]

_SIGNS = ("发热", "咳嗽", "皮疹", "呕吐", "腹泻", "抽搐", "黄疸", "喘息")
_AGES = ("新生儿", "三个月", "一岁半", "六岁")
PROMPTS = tuple(
    f"孩子{age}，{sign}{days}天，应该怎么办？" for days, age in enumerate(_AGES, start=1) for sign in _SIGNS
)
"""32 questions, no two alike."""


def tiny() -> tuple[Any, Any]:
    """A tiny Llama and its tokenizer, with weights that make lively replies."""
    texts = [f"问：\n{prompt}\n答：\n先测体温，多喝水，注意休息，及时就医。" for prompt in PROMPTS]
    tokenizer = tiny_tokenizer(texts, vocab_size=400, chat_template=str(chat_template("default")))
    model = tiny_model(tokenizer, TinyShape())
    torch.manual_seed(3)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return model.eval(), tokenizer


def large() -> Any:
    """268 million weights; no tokenizer, as what it says means nothing."""
    torch.manual_seed(0)
    kinds = ["full_attention" if number % 6 == 5 else "sliding_attention" for number in range(18)]
    config = Gemma3TextConfig(
        vocab_size=262_144,
        hidden_size=640,
        intermediate_size=2048,
        num_hidden_layers=18,
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=256,
        sliding_window=512,
        layer_types=kinds,
        max_position_embeddings=2048,
    )
    return Gemma3ForCausalLM(config).eval()
