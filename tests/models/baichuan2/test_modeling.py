import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from safetensors import safe_open
from transformers import AutoModelForCausalLM

from tests.models.baichuan2.small import random_model

pytestmark = pytest.mark.train

IDS = torch.tensor([[7, 3, 58, 9, 11], [0, 0, 12, 30, 2]])
MASK = (IDS != 0).long()
BLOCK = (
    "self_attn.W_pack",
    "self_attn.o_proj",
    "mlp.gate_proj",
    "mlp.up_proj",
    "mlp.down_proj",
    "input_layernorm",
    "post_attention_layernorm",
)


def answer(model, **settings):
    settings = {"max_new_tokens": 12, "do_sample": False, "eos_token_id": None, "pad_token_id": 0} | settings
    return model.generate(IDS, attention_mask=MASK, **settings)


@pytest.mark.parametrize("settings", [{}, {"num_beams": 3}, {"num_beams": 2, "num_return_sequences": 2}])
def test_answers_with_and_without_a_cache_are_the_same(model, settings):
    assert torch.equal(answer(model, **settings), answer(model, use_cache=False, **settings))


def test_a_cache_of_fixed_size_gives_the_same_answer(model):
    assert torch.equal(answer(model), answer(model, cache_implementation="static"))


def test_a_row_padded_on_the_left_is_answered_as_if_alone(model):
    alone = model.generate(IDS[1:, 2:], max_new_tokens=12, do_sample=False, eos_token_id=None, pad_token_id=0)
    assert torch.equal(answer(model)[1, 2:], alone[0])


def test_tensors_are_written_under_the_originals_names(model, tmp_path):
    model.save_pretrained(tmp_path)
    with safe_open(tmp_path / "model.safetensors", "pt") as file:
        names = set(file.keys())
    blocks = {f"model.layers.{n}.{part}.weight" for n in range(2) for part in BLOCK}
    assert names == blocks | {"model.embed_tokens.weight", "model.norm.weight", "lm_head.weight"}


def test_what_was_saved_is_loaded_to_the_last_digit(model, tmp_path):
    model.save_pretrained(tmp_path)
    again = AutoModelForCausalLM.from_pretrained(tmp_path)
    now = again.state_dict()
    assert all(torch.equal(now[name], value) for name, value in model.state_dict().items())
    assert torch.equal(again(IDS, attention_mask=MASK).logits, model(IDS, attention_mask=MASK).logits)


def test_rotary_frequencies_that_a_checkpoint_holds_are_passed_over(tmp_path, caplog):
    model = random_model("7b")
    extra = {"model.layers.0.self_attn.rotary_emb.inv_freq": torch.ones(4)}
    model.save_pretrained(tmp_path, state_dict=model.state_dict() | extra)
    _, found = AutoModelForCausalLM.from_pretrained(tmp_path, output_loading_info=True)
    assert not any(found.values())


@pytest.mark.parametrize("reentrant", [True, False])
def test_activation_checkpointing_changes_no_gradient(model, reentrant):
    def gradients():
        model.zero_grad()
        model.train()(IDS, attention_mask=MASK, labels=IDS, use_cache=False).loss.backward()
        return {name: weight.grad.clone() for name, weight in model.named_parameters()}

    before = gradients()
    model.activation_checkpointing_enable({"use_reentrant": reentrant})
    model.enable_input_require_grads()
    torch.testing.assert_close(gradients(), before)


def test_attention_that_is_asked_for_is_told(model):
    model.set_attn_implementation("eager")
    out = model(IDS, attention_mask=MASK, output_attentions=True, output_hidden_states=True)
    assert [each.shape for each in out.attentions] == [(2, 5, 5, 5)] * 2
    assert len(out.hidden_states) == 3
    own = out.attentions[0].sum(-1)[MASK[:, None].bool().expand(2, 5, 5)]
    torch.testing.assert_close(own, torch.ones_like(own))


def test_the_greatest_logit_costs_where_the_configuration_says_so():
    plain, costly = random_model("7b"), random_model("7b", z_loss_weight=0.01)
    found = plain(IDS, labels=IDS)
    greatest = [max(row.tolist()) ** 2 for rows in found.logits[:, :-1] for row in rows]
    expected = found.loss + 0.01 * sum(greatest) / len(greatest)
    torch.testing.assert_close(costly(IDS, labels=IDS).loss, expected)


@torch.no_grad()
@pytest.mark.parametrize("attention", ["sdpa", "eager"])
@pytest.mark.parametrize("length", [60, 1000])
def test_sixteen_bits_cost_no_more_at_a_thousand_tokens_than_at_sixty(model, attention, length):
    model.set_attn_implementation(attention)
    ids = torch.arange(length)[None] * 7 % 61
    exact = model.model(ids).last_hidden_state
    found = model.bfloat16().model(ids).last_hidden_state.float()
    assert (found - exact).square().mean() < 0.06**2 * exact.square().mean()
