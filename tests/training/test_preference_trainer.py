"""Preference optimisation of a model that carries experts already."""

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from datasets import Dataset
from peft import get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM
from trl.trainer.dpo_config import DPOConfig

from pedcorpus.models.mue import MueConfig
from pedcorpus.models.templates import chat_template
from pedcorpus.models.tiny import tiny_tokenizer
from pedcorpus.training.preference_trainer import PreferenceTrainer

pytestmark = pytest.mark.train

PAIR = {
    "prompt": [{"role": "user", "content": "孩子发热，怎么办？"}],
    "chosen": [{"role": "assistant", "content": "先量体温，多喝水，尽早就诊。"}],
    "rejected": [{"role": "assistant", "content": "不用管。"}],
}


@pytest.fixture
def tokenizer():
    texts = [message["content"] for messages in PAIR.values() for message in messages]
    return tiny_tokenizer(texts, vocab_size=320, chat_template=chat_template("default"))


@pytest.fixture
def experts(tokenizer):
    """A model whose experts have learnt something, and whose routers are noisy."""
    torch.manual_seed(0)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    model = LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), num_key_value_heads=2, **shape))
    adapted = get_peft_model(model, MueConfig(task_type="CAUSAL_LM", r=2))
    for name, parameter in adapted.named_parameters():
        if "mue_" in name:
            torch.nn.init.normal_(parameter, std=0.5)
    return adapted


def trainer(model, tokenizer, folder, **settings):
    given = {"output_dir": str(folder), "use_cpu": True, "bf16": False, "report_to": "none", "disable_tqdm": True}
    given |= {"save_strategy": "no", "activation_checkpointing": False, "max_steps": 2, "logging_steps": 1}
    args = DPOConfig(**{**given, "loss_type": ["sigmoid", "sft"], "loss_weights": [1.0, 0.5], **settings})
    return PreferenceTrainer(model, args=args, train_dataset=Dataset.from_list([PAIR] * 2), processing_class=tokenizer)


@pytest.mark.filterwarnings(
    "ignore:`gradient_checkpointing_(en|dis)able`:FutureWarning"
)  # TRL calls it by its old name
@pytest.mark.parametrize("settings", [{"precompute_ref_log_probs": True}, {}, {"activation_checkpointing": True}])
def test_model_and_reference_agree_to_the_last_digit_before_the_first_step(experts, tokenizer, tmp_path, settings):
    made = trainer(experts, tokenizer, tmp_path, **settings)
    made.train()
    first, second = [line for line in made.state.log_history if "loss" in line]
    assert [first[f"rewards/{side}"] for side in ("chosen", "rejected", "margins")] == [0, 0, 0]
    assert first["nll/chosen"] > 0
    assert second["step"] == 2


def test_the_reference_is_the_adapter_as_it_was_and_stays_so(experts, tokenizer, tmp_path):
    before = {name: value.clone() for name, value in experts.named_parameters() if name.endswith(".default")}
    made = trainer(experts, tokenizer, tmp_path, learning_rate=0.1)
    made.train()
    now = dict(made.model.named_parameters())
    assert all(torch.equal(now[name.removesuffix("default") + "ref"], value) for name, value in before.items())
    assert not all(torch.equal(now[name], value) for name, value in before.items())
