"""A Llama of a few thousand parameters, and no shared state between tests."""

import pytest

from pedcorpus.models.threads import wait_without_spinning

wait_without_spinning()


@pytest.fixture
def llama():
    """Two layers, 16 wide, random but always the same."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    return LlamaForCausalLM(LlamaConfig(vocab_size=64, num_key_value_heads=2, **shape)).eval()


@pytest.fixture
def llama_folder(llama, tmp_path):
    llama.save_pretrained(tmp_path / "base")
    return tmp_path / "base"


@pytest.fixture
def tokens():
    import torch

    return torch.arange(12).view(1, 12)
