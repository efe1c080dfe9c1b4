import copy

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from datasets import Dataset
from torch.nn import functional as F
from trl.trainer.dpo_config import DPOConfig
from trl.trainer.sft_config import SFTConfig

from pedcorpus.models.templates import chat_template
from pedcorpus.models.tiny import tiny_tokenizer
from pedcorpus.training.preference_trainer import PreferenceTrainer
from pedcorpus.training.text_trainer import TextTrainer
from tests.models.baichuan2.small import random_model

pytestmark = pytest.mark.train

IDS = torch.tensor([[7, 3, 58, 9, 11, 5, 44], [12, 30, 2, 19, 60, 4, 8]])
TALK = {
    "prompt": [{"role": "user", "content": "孩子发热，怎么办？"}],
    "chosen": [{"role": "assistant", "content": "先量体温，多喝水，尽早就诊。"}],
    "rejected": [{"role": "assistant", "content": "不用管。"}],
}
QUIET = {"use_cpu": True, "bf16": False, "report_to": "none", "save_strategy": "no", "activation_checkpointing": False}


def by_definition(model, ids):
    """Log-probabilities of the next tokens (B, S - 1): states times rows, each row over its length."""
    weight = model.lm_head.weight
    rows = weight / (weight * weight).sum(1, keepdim=True).sqrt()
    logits = model.model(ids, use_cache=False).last_hidden_state[:, :-1] @ rows.T
    return logits.log_softmax(-1).gather(-1, ids[:, 1:, None]).squeeze(-1)


def gradients(model, loss):
    model.zero_grad()
    loss.backward()
    return {name: weight.grad.clone() for name, weight in model.named_parameters() if weight.grad is not None}


def assert_same(model, found, expected):
    torch.testing.assert_close(found, expected)
    ours, theirs = gradients(model, found), gradients(model, expected)
    assert ours.keys() == theirs.keys()
    assert "lm_head.weight" in ours
    torch.testing.assert_close(ours, theirs, atol=1e-6, rtol=1e-4)


@pytest.fixture(scope="module")
def tokenizer():
    texts = [message["content"] for messages in TALK.values() for message in messages]
    return tiny_tokenizer(texts, vocab_size=300, chat_template=chat_template("default"))


def with_vocabulary(tokenizer):
    model = random_model("13b", pad_token_id=tokenizer.pad_token_id)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    return model


def test_loss_and_gradients_are_those_of_the_definition(model):
    assert_same(model.train(), model(IDS, labels=IDS).loss, -by_definition(model, IDS).mean())


def test_the_matrix_that_trainers_project_by_gives_the_same(model):
    states = model.model(IDS).last_hidden_state[:, :-1]
    loss = F.cross_entropy((states @ model.get_output_embeddings().weight.T).flatten(0, 1), IDS[:, 1:].flatten())
    assert_same(model, loss, -by_definition(model, IDS).mean())


def test_trls_fine_tuning_gives_the_same(tokenizer, tmp_path):
    model = with_vocabulary(tokenizer)
    rows = Dataset.from_list([{"text": "先量体温，多喝水。"}] * 2)
    args = SFTConfig(str(tmp_path), max_length=16, **QUIET)
    trainer = TextTrainer(model=model, args=args, train_dataset=rows, processing_class=tokenizer)
    batch = next(iter(trainer.get_train_dataloader()))
    expected = -by_definition(model, batch["input_ids"]).mean()
    assert_same(model, trainer.compute_loss(model, batch), expected)


def test_trls_preference_optimisation_gives_the_same(tokenizer, tmp_path):
    model = with_vocabulary(tokenizer)
    reference = copy.deepcopy(model)
    with torch.no_grad():
        reference.lm_head.weight += 0.1 * torch.randn_like(reference.lm_head.weight)
    args = DPOConfig(str(tmp_path), loss_type=["sigmoid", "sft"], loss_weights=[1.0, 0.5], beta=0.3, **QUIET)
    rows = Dataset.from_list([TALK])
    trainer = PreferenceTrainer(model, ref_model=reference, args=args, train_dataset=rows, processing_class=tokenizer)
    batch = next(iter(trainer.get_train_dataloader()))
    assert_same(model, trainer.compute_loss(model, batch), preference_loss(model, reference, batch))


def preference_loss(model, reference, batch, beta=0.3, weight=0.5):
    """DFPO's: MISSION's formula, on the answers' tokens."""
    margins, likelihoods = [], []
    for ids, mask, attended in zip(batch["input_ids"], batch["completion_mask"], batch["attention_mask"], strict=True):
        own = attended.bool()
        asked = mask[own][1:].bool()
        found, before = (by_definition(each, ids[own][None])[0][asked] for each in (model, reference))
        margins.append(found.sum() - before.detach().sum())
        likelihoods.append(-found.mean())
    chosen, rejected = margins
    return -F.logsigmoid(beta * (chosen - rejected)) + weight * likelihoods[0]


def test_inference_and_training_agree(model):
    with torch.no_grad():
        torch.testing.assert_close(model.eval()(IDS).logits, model.train()(IDS).logits)


def test_a_weight_changed_between_two_inferences_is_seen(model):
    head, states = model.lm_head, torch.randn(3, 40)
    with torch.no_grad():
        before = head(states)
        head.weight[0] *= -3
        after = head(states)
    torch.testing.assert_close(after[:, 0], -before[:, 0])
    torch.testing.assert_close(after[:, 1:], before[:, 1:])


def test_lengths_kept_from_an_inference_serve_a_pass_with_gradients(model):
    head, states = model.lm_head.requires_grad_(False), torch.randn(3, 40, requires_grad=True)
    with torch.inference_mode():
        head(states)
    head(states).sum().backward()
    assert states.grad.isfinite().all()


def test_a_row_of_zeros_stays_one(model):
    with torch.no_grad():
        model.lm_head.weight[5] = 0
    logits = model(IDS).logits
    assert (logits[..., 5] == 0).all()
    logits.square().sum().backward()
    assert model.lm_head.weight.grad.isfinite().all()


def test_in_sixteen_bits_rows_are_as_long_as_sixteen_bits_allow(model):
    exact = F.normalize(model.lm_head.weight.bfloat16().double())
    rows = model.bfloat16().get_output_embeddings().weight
    assert rows.dtype == torch.bfloat16
    torch.testing.assert_close(rows.double(), exact, atol=0, rtol=2**-8)


def test_the_state_keeps_the_weight_as_it_is(model):
    before = model.lm_head.weight.detach().clone()
    model.eval().generate(IDS, max_new_tokens=2, do_sample=False)
    assert torch.equal(model.state_dict()["lm_head.weight"], before)


@pytest.mark.parametrize("size", [70, 50])
def test_the_vocabulary_can_change_its_size(model, size):
    before = model(IDS.clamp_max(49)).logits
    stored = model.lm_head.weight.detach().clone()
    model.resize_token_embeddings(size, mean_resizing=False)
    kept = min(size, 61)
    assert torch.equal(model.lm_head.weight[:kept], stored[:kept])
    torch.testing.assert_close(model(IDS.clamp_max(49)).logits[..., :kept], before[..., :kept])
