"""Tiny models of every layout that the engine knows, with weights that make lively replies."""

import torch
from peft import get_peft_model
from transformers import (
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
)

from pedcorpus.models.baichuan2 import Baichuan2Config, Baichuan2ForCausalLM
from pedcorpus.models.mue import MueConfig

SIZES = {
    "vocab_size": 97,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "max_position_embeddings": 96,
    "pad_token_id": 0,
    "eos_token_id": 1,
    "bos_token_id": None,
    "tie_word_embeddings": False,
}
WINDOW = 8


def llama():
    return lively(LlamaForCausalLM(LlamaConfig(**SIZES, num_key_value_heads=2)))


def gemma3():
    """Layers with a window, and one that sees everything."""
    kinds = ["sliding_attention", "full_attention"]
    config = Gemma3TextConfig(
        **SIZES, num_key_value_heads=1, head_dim=16, sliding_window=WINDOW, layer_types=kinds, query_pre_attn_scalar=16
    )
    return lively(Gemma3ForCausalLM(config))


def mistral():
    """A window in all layers."""
    return lively(MistralForCausalLM(MistralConfig(**SIZES, num_key_value_heads=2, sliding_window=WINDOW)))


def baichuan2_7b():
    return lively(Baichuan2ForCausalLM(Baichuan2Config(**SIZES, position_embedding="rotary")))


def baichuan2_13b():
    return lively(Baichuan2ForCausalLM(Baichuan2Config(**SIZES, position_embedding="alibi")))


def experts():
    return lively(get_peft_model(llama(), MueConfig(task_type="CAUSAL_LM", r=2)))


def lively(model):
    torch.manual_seed(3)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return model.eval()


LAYOUTS = (llama, gemma3, mistral, baichuan2_7b, baichuan2_13b, experts)
