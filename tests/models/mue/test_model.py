import json

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from peft import AutoPeftModelForCausalLM, LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

from pedcorpus.models.mue import MueConfig, MueLinear, trainable_share

pytestmark = pytest.mark.train


def with_experts(model, **settings):
    torch.manual_seed(2)
    adapted = get_peft_model(model, MueConfig(task_type="CAUSAL_LM", **{"r": 4, **settings}))
    for name, parameter in adapted.named_parameters():
        if "mue_B" in name or "mue_noise" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return adapted.eval()


def logits(model, tokens):
    with torch.no_grad():
        return model.eval()(tokens).logits


def test_experts_go_on_every_feed_forward_linear_and_nowhere_else(llama):
    adapted = with_experts(llama)
    placed = [name.rsplit(".", 1)[1] for name, module in adapted.named_modules() if isinstance(module, MueLinear)]
    assert sorted(placed) == sorted(["gate_proj", "up_proj", "down_proj"] * 2)


def test_a_new_adapter_leaves_the_base_models_answers(llama, tokens):
    before = logits(llama, tokens)
    adapted = get_peft_model(llama, MueConfig(task_type="CAUSAL_LM"))
    assert torch.equal(logits(adapted, tokens), before)


@pytest.mark.parametrize("load", ["peft", "auto_peft", "auto"])
def test_save_and_load_give_the_same_answers(llama_folder, tmp_path, tokens, load):
    adapted = with_experts(AutoModelForCausalLM.from_pretrained(llama_folder))
    expected = logits(adapted, tokens)
    adapted.save_pretrained(tmp_path / "adapter")
    loaders = {
        "peft": lambda path: PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(llama_folder), path),
        "auto_peft": AutoPeftModelForCausalLM.from_pretrained,
        "auto": AutoModelForCausalLM.from_pretrained,
    }
    assert torch.equal(logits(loaders[load](tmp_path / "adapter"), tokens), expected)


def test_saved_settings_are_sorted_whatever_order_they_came_in(llama, tmp_path):
    adapted = get_peft_model(llama, MueConfig())
    adapted.peft_config["default"].target_modules = {"up_proj", "down_proj"}
    adapted.save_pretrained(tmp_path)
    saved = json.loads((tmp_path / "adapter_config.json").read_text())
    assert saved["peft_type"] == "MUE"
    assert saved["target_modules"] == ["down_proj", "up_proj"]


def test_without_specific_experts_it_is_lora(llama_folder, tokens):
    targets = ["gate_proj", "up_proj", "down_proj"]
    ours = with_experts(AutoModelForCausalLM.from_pretrained(llama_folder), num_experts=0, lora_alpha=8)
    lora = get_peft_model(
        AutoModelForCausalLM.from_pretrained(llama_folder),
        LoraConfig(task_type="CAUSAL_LM", r=4, lora_alpha=8, target_modules=targets),
    )
    weights = dict(ours.named_parameters())
    for name, parameter in lora.named_parameters():
        if "lora_" in name:
            key = name.replace("lora_", "mue_").replace(".default.weight", ".default")
            parameter.data.copy_(weights[key].data)
    assert torch.equal(logits(ours, tokens), logits(lora, tokens))


def test_gradients_flow_into_experts_and_routers_only(llama, tokens):
    adapted = with_experts(llama).train()
    adapted(tokens, labels=tokens).loss.backward()
    moved = {name for name, parameter in adapted.named_parameters() if parameter.grad is not None}
    assert moved == {name for name, _ in adapted.named_parameters() if "mue_" in name}
    assert all(parameter.grad.abs().sum() > 0 for name, parameter in adapted.named_parameters() if name in moved)


def test_the_trainable_share_counts_what_the_formula_says(llama):
    share = trainable_share(with_experts(llama))
    sizes = [(16, 32), (16, 32), (32, 16)]  # in, out of the three linears
    one_layer = sum((3 + 1) * 4 * (i + o) + 2 * 3 * i for i, o in sizes)
    assert share.trainable == 2 * one_layer
    assert str(share).startswith(f"{2 * one_layer:,} of ")


def test_a_second_adapter_answers_alone_and_the_first_one_is_kept(llama, tokens):
    adapted = with_experts(llama)
    first, base = logits(adapted, tokens), None
    adapted.add_adapter("ref", MueConfig(task_type="CAUSAL_LM", r=4))
    adapted.set_adapter("ref")
    with adapted.disable_adapter():
        base = logits(adapted, tokens)
    assert torch.equal(logits(adapted, tokens), base)
    adapted.set_adapter("default")
    assert torch.equal(logits(adapted, tokens), first)


@pytest.mark.parametrize("merge", ["merge_adapter", "merge_and_unload"])
def test_merging_is_refused_and_nothing_is_changed(llama, tokens, merge):
    adapted = with_experts(llama)
    before = logits(adapted, tokens)
    with pytest.raises(ValueError, match="cannot be merged"):
        getattr(adapted, merge)()
    assert torch.equal(logits(adapted, tokens), before)


def test_unloading_gives_the_base_model_back(llama, tokens):
    before = logits(llama, tokens)
    assert torch.equal(logits(with_experts(llama).unload(), tokens), before)


@pytest.mark.parametrize(
    ("settings", "said"),
    [({"r": 0}, "r is 0"), ({"num_experts": -1}, "num_experts is -1"), ({"lora_dropout": 1.0}, "lora_dropout is 1.0")],
)
def test_settings_that_make_no_experts_are_refused(settings, said):
    with pytest.raises(ValueError, match=said):
        MueConfig(**settings)


def test_a_layer_that_is_not_linear_is_refused_by_name(llama):
    with pytest.raises(TypeError, match=r"embed_tokens is a Embedding; MUE goes on torch\.nn\.Linear only"):
        get_peft_model(llama, MueConfig(target_modules=["embed_tokens"]))


@pytest.mark.parametrize("noise", [True, False])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_activation_checkpointing_changes_no_gradient(llama_folder, tokens, noise, dtype):
    gradients = []
    for saves_memory in (False, True):
        adapted = with_experts(
            AutoModelForCausalLM.from_pretrained(llama_folder, dtype=dtype), router_noise=noise, lora_dropout=0.1
        )
        if saves_memory:
            adapted.activation_checkpointing_enable({"use_reentrant": False})
            adapted.enable_input_require_grads()
        torch.manual_seed(7)  # what is drawn going forward is drawn again going back
        adapted.train()(tokens, labels=tokens, use_cache=False).loss.backward()
        gradients.append({name: each.grad for name, each in adapted.named_parameters() if each.grad is not None})
    assert gradients[0].keys() == gradients[1].keys()
    assert all(torch.equal(grad, gradients[1][name]) for name, grad in gradients[0].items())


def test_a_half_precision_model_keeps_its_routers_in_float32_through_saving(llama_folder, tmp_path):
    base = AutoModelForCausalLM.from_pretrained(llama_folder, dtype=torch.bfloat16)
    with_experts(base).save_pretrained(tmp_path / "adapter")
    again = PeftModel.from_pretrained(
        AutoModelForCausalLM.from_pretrained(llama_folder, dtype=torch.bfloat16),
        tmp_path / "adapter",
        autocast_adapter_dtype=False,  # else PEFT makes all of an adapter float32
    )
    kinds = {name.split(".")[-2]: each.dtype for name, each in again.named_parameters() if "mue_" in name}
    assert kinds["mue_router"] == kinds["mue_noise"] == torch.float32
    assert kinds["mue_A"] == kinds["mue_B"] == torch.bfloat16


def test_an_adapter_that_is_added_to_a_model_in_use_answers_without_dropout(llama, tokens):
    adapted = with_experts(llama, lora_dropout=0.5)
    adapted.add_adapter("other", MueConfig(r=4, lora_dropout=0.5, router_noise=False))
    adapted.set_adapter("other")
    fresh = get_peft_model(type(llama)(llama.config).eval(), MueConfig(lora_dropout=0.5))
    for model in (adapted, fresh):
        assert not any(
            module.training for module in model.modules() if isinstance(module, (MueLinear, torch.nn.Dropout))
        )
