import pytest

from pedcorpus.training.needs import missing_needs
from pedcorpus.training.recipe import Recipe


@pytest.mark.parametrize(
    ("trainer", "said"),
    [
        ({"optim": "paged_adamw_8bit"}, "trainer.optim=paged_adamw_8bit needs the package bitsandbytes"),
        ({"use_liger_kernel": True}, "trainer.use_liger_kernel needs the package liger_kernel"),
        ({"model_init_kwargs": {"quantization_config": {"load_in_4bit": True}}}, "bitsandbytes"),
        ({"model_init_kwargs": {"attn_implementation": "flash_attention_2"}}, "pip install flash-attn"),
        ({"deepspeed": {"bf16": {}}}, "run: pip install 'pedcorpus[deepspeed]'"),
        ({"report_to": ["tensorboard", "swanlab"]}, "trainer.report_to=swanlab needs the package swanlab"),
        ({"report_to": "wandb"}, "run: pip install wandb"),
    ],
)
def test_a_key_whose_package_is_absent_says_what_to_install(trainer, said):
    (line,) = missing_needs(Recipe("sft", trainer=trainer), is_there=lambda _name: False)
    assert line.startswith("sft: trainer.")
    assert said in line
    assert missing_needs(Recipe("sft", trainer=trainer), is_there=lambda _name: True) == []


def test_a_plain_recipe_needs_nothing_more():
    trainer = {"optim": "adamw_torch_fused", "report_to": ["tensorboard"], "model_init_kwargs": {"dtype": "float32"}}
    assert missing_needs(Recipe("sft", trainer=trainer), is_there=lambda _name: False) == []
