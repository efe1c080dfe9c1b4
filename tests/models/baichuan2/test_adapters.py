import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn import functional as F

from pedcorpus.models.mue import MueConfig, MueLinear
from tests.models.baichuan2.small import random_model

pytestmark = pytest.mark.train

IDS = torch.tensor([[7, 3, 58, 9, 11]])
LINEARS = {"W_pack", "o_proj", "gate_proj", "up_proj", "down_proj"}


def carriers(adapted, kind):
    return {name.rsplit(".", 1)[-1] for name, layer in adapted.named_modules() if isinstance(layer, kind)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, {"gate_proj", "up_proj", "down_proj"}),
        (["W_pack"], {"W_pack"}),
        ("all-linear", LINEARS),
    ],
)
def test_experts_go_on_the_layers_that_are_named(model, given, expected):
    adapted = get_peft_model(model, MueConfig(task_type="CAUSAL_LM", r=2, target_modules=given))
    assert carriers(adapted, MueLinear) == expected


def test_experts_on_the_packed_layer_are_trained_saved_and_loaded(model, tmp_path):
    adapted = get_peft_model(model, MueConfig(task_type="CAUSAL_LM", r=2, target_modules=["W_pack"]))
    for name, weight in adapted.named_parameters():
        if "mue_" in name:
            torch.nn.init.normal_(weight, std=0.5)
    adapted.train()(IDS, labels=IDS).loss.backward()
    trained = {name for name, weight in adapted.named_parameters() if weight.grad is not None}
    assert trained
    assert all("W_pack.mue_" in name for name in trained)
    adapted.save_pretrained(tmp_path)
    layout = "7b" if model.config.position_embedding == "rotary" else "13b"
    again = PeftModel.from_pretrained(random_model(layout), tmp_path)
    assert torch.equal(again(IDS).logits, adapted.eval()(IDS).logits)


def test_adapters_on_all_linear_layers_leave_the_head_alone(model):
    adapted = get_peft_model(model, LoraConfig(target_modules="all-linear", r=2))
    found = {name.split(".lora_A")[0].rsplit(".", 1)[-1] for name, _ in adapted.named_parameters() if "lora_A" in name}
    assert found == LINEARS


def test_an_adapter_on_the_head_is_refused(model):
    with pytest.raises(ValueError, match="NormHead"):
        get_peft_model(model, LoraConfig(target_modules=["lm_head"]))


def test_a_copy_of_the_head_that_an_adapter_saves_is_normalised_too(model):
    adapted = get_peft_model(model, LoraConfig(target_modules=["W_pack"], modules_to_save=["lm_head"]))
    weight = adapted.get_base_model().lm_head.modules_to_save["default"].weight
    with torch.no_grad():
        weight *= 2
        weight[3] = 1
    rows = adapted.get_base_model().get_output_embeddings().weight
    torch.testing.assert_close(rows, F.normalize(weight))
