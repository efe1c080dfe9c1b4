"""A tiny assistant on disk, random weights and all."""

import pytest

from pedcorpus.models.threads import wait_without_spinning

wait_without_spinning()

TEXTS = ["问：\n孩子发热怎么办？\n答：\n先测体温，多喝水。", "热性惊厥多见于6个月至3岁。"] * 20


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory):
    import torch

    from pedcorpus.models import chat_template
    from pedcorpus.models.tiny import TinyShape, tiny_model, tiny_tokenizer

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("model")
    tokenizer = tiny_tokenizer(TEXTS, vocab_size=320, chat_template=chat_template("default"))
    shape = TinyShape(
        hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=64
    )
    tokenizer.save_pretrained(folder)
    model = tiny_model(tokenizer, shape)
    torch.manual_seed(3)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.5)  # fresh weights would only repeat the prompt's last line break
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def adapter_folder(model_folder, tmp_path_factory):
    """A MUE adapter for that model, trained by nobody but not zero."""
    import torch
    from peft import get_peft_model
    from transformers import AutoModelForCausalLM

    from pedcorpus.models.mue import MueConfig

    folder = tmp_path_factory.mktemp("adapter")
    torch.manual_seed(0)
    adapted = get_peft_model(AutoModelForCausalLM.from_pretrained(model_folder), MueConfig(task_type="CAUSAL_LM", r=2))
    for name, parameter in adapted.named_parameters():
        if "mue_B" in name:
            torch.nn.init.normal_(parameter)
    adapted.save_pretrained(folder)
    return folder
