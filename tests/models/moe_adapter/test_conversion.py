import json
import math
import shutil

import pytest

pytest.importorskip("peft", reason="needs the [train] extra")

import torch
from peft import PeftModel, get_peft_model
from safetensors.torch import load_file, save_file

from pedcorpus.errors import UsageError
from pedcorpus.models.moe_adapter import convert_adapter
from pedcorpus.models.mue import MueConfig
from tests.published_adapter import EXPERTS, RANK, with_restated, write_published

pytestmark = pytest.mark.train

TARGETS = ("o_proj", "gate_proj", "down_proj")
FIRST = "base_model.model.model.layers.0.mlp.gate_proj"


@pytest.fixture
def published(llama, tmp_path):
    write_published(tmp_path / "published", llama, targets=TARGETS)
    return tmp_path / "published"


def weights(folder):
    return load_file(folder / "adapter_model.safetensors")


def same(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def settings(folder):
    return json.loads((folder / "adapter_config.json").read_text())


def change(folder, **changes):
    (folder / "adapter_config.json").write_text(json.dumps({**settings(folder), **changes}))


def rewrite(folder, rewritten):
    save_file({name: tensor.contiguous() for name, tensor in rewritten.items()}, folder / "adapter_model.safetensors")


def test_a_converted_adapter_answers_as_the_published_layer_does(llama, tokens, published, tmp_path):
    convert_adapter(published, tmp_path / "mue")
    with torch.no_grad():
        base = llama(tokens).logits
        with with_restated(llama, weights(published)):
            expected = llama(tokens).logits
        answered = PeftModel.from_pretrained(llama, tmp_path / "mue").eval()(tokens).logits
    assert (expected - base).abs().max() > 0.1
    assert (answered - expected).abs().max() < 1e-5


def test_the_public_codes_half_precision_gates_stay_near(llama, tokens, published):
    with torch.no_grad(), with_restated(llama, weights(published)):
        exact = llama(tokens).logits
    with torch.no_grad(), with_restated(llama, weights(published), gate_dtype=torch.float16):
        halved = llama(tokens).logits
    assert 0 < (halved - exact).abs().max() < 0.01


def test_there_and_back_no_bit_changes(published, tmp_path):
    convert_adapter(published, tmp_path / "mue")
    convert_adapter(tmp_path / "mue", tmp_path / "back")
    assert same(weights(published), weights(tmp_path / "back"))
    assert settings(published).items() <= settings(tmp_path / "back").items()


def test_our_own_there_and_back_no_bit_changes(llama, tmp_path):
    own = get_peft_model(llama, MueConfig(task_type="CAUSAL_LM", r=2, num_experts=2, layers_to_transform=[1]))
    own.save_pretrained(tmp_path / "own")
    made = convert_adapter(tmp_path / "own", tmp_path / "published")
    convert_adapter(tmp_path / "published", tmp_path / "back")
    assert (made.layers, made.experts, settings(tmp_path / "published")["lora_nums"]) == (3, 2, 3)
    assert same(weights(tmp_path / "own"), weights(tmp_path / "back"))
    assert settings(tmp_path / "back").items() <= settings(tmp_path / "own").items()


def test_half_precision_and_bin_files_are_kept_to_the_bit(published, tmp_path):
    halves = {name: tensor.half() for name, tensor in weights(published).items()}
    torch.save(halves, published / "adapter_model.bin")
    (published / "adapter_model.safetensors").unlink()
    convert_adapter(published, tmp_path / "mue")
    convert_adapter(tmp_path / "mue", tmp_path / "back")
    assert same(halves, weights(tmp_path / "back"))


def test_an_adapter_without_noise_is_told_so(published, tmp_path):
    rewrite(published, {name: tensor for name, tensor in weights(published).items() if "w_noise" not in name})
    convert_adapter(published, tmp_path / "mue")
    assert settings(tmp_path / "mue")["router_noise"] is False


def test_rank_stabilised_scaling_is_kept(published, tmp_path):
    change(published, use_rslora=True)
    convert_adapter(published, tmp_path / "mue")
    made = settings(tmp_path / "mue")
    assert made["lora_alpha"] / made["r"] == pytest.approx(settings(published)["lora_alpha"] / math.sqrt(RANK))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"lora_nums": EXPERTS}, "2 specific experts and the universal one", id="the fork counts all"),
        pytest.param({"r": 4}, r"lora_moe_A is 4 × 32 × 2, .*rank 4\) it is 4 × 32 × 4", id="another rank"),
        pytest.param({"lora_nums": 1}, "no specific experts", id="plain LoRA"),
        pytest.param({"lora_nums": "4"}, "lora_nums is '4', expected a whole number", id="no number"),
        pytest.param({"lora_alpha": None}, "lora_alpha is None, expected a number", id="no scaling"),
        pytest.param({"target_modules": None}, "target_modules is None, expected names", id="no layers"),
        pytest.param({"use_dora": True}, "use_dora is True, which the other layout has no way to say", id="DoRA"),
        pytest.param({"modules_to_save": ["lm_head"]}, "modules_to_save", id="further modules"),
        pytest.param({"target_modules": ["W_pack"]}, "which target_modules of .* leaves out", id="other layers"),
        pytest.param({"layers_to_transform": [0, 2]}, r"lacks .*layers\.2\.", id="other blocks"),
    ],
)
def test_a_contradicting_configuration_is_refused(published, tmp_path, changes, said):
    change(published, **changes)
    with pytest.raises(UsageError, match=said) as refused:
        convert_adapter(published, tmp_path / "mue")
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "mue").exists()


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (f"{FIRST}.lora_moe_B", f"lacks {FIRST}.lora_moe_B"),
        (f"{FIRST}.w_noise", f"lacks {FIRST}.w_noise"),
        (f"{FIRST}.", r"lacks base_model\.model\.model\.layers\.0\.mlp\.gate_proj, which it has for other blocks"),
    ],
)
def test_missing_tensors_are_refused(published, tmp_path, lost, said):
    rewrite(published, {name: tensor for name, tensor in weights(published).items() if not name.startswith(lost)})
    with pytest.raises(UsageError, match=said):
        convert_adapter(published, tmp_path / "mue")


def test_an_unknown_tensor_is_refused(published, tmp_path):
    rewrite(published, {**weights(published), f"{FIRST}.lora_A.weight": torch.zeros(1)})
    with pytest.raises(UsageError, match=r"gate_proj\.lora_A\.weight, which is no tensor of the published layout"):
        convert_adapter(published, tmp_path / "mue")


def test_a_tensor_of_one_axis_is_refused(published, tmp_path):
    rewrite(published, {**weights(published), f"{FIRST}.lora_moe_A": torch.zeros(5)})
    with pytest.raises(UsageError, match=r"gate_proj\.lora_moe_A is 5, by adapter_config\.json"):
        convert_adapter(published, tmp_path / "mue")


def test_the_layout_that_it_is_in_already_is_refused(published, tmp_path):
    with pytest.raises(UsageError, match="is in the published layout already"):
        convert_adapter(published, tmp_path / "new", to="published")


def test_a_plain_lora_is_refused(published, tmp_path):
    (published / "adapter_config.json").write_text('{"peft_type": "LORA", "r": 2}')
    with pytest.raises(UsageError, match="is an adapter of LORA; expected lora_nums, or peft_type MUE"):
        convert_adapter(published, tmp_path / "mue")


def test_a_folder_that_exists_is_not_written_over(published, tmp_path):
    shutil.copytree(published, tmp_path / "mue")
    with pytest.raises(UsageError, match="exists; name a new folder"):
        convert_adapter(published, tmp_path / "mue")
