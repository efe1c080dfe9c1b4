import json
import math

import pytest

from pedcorpus.errors import SettingsError
from pedcorpus.models.model_folder import model_shape
from pedcorpus.training.memory import memory_of
from pedcorpus.training.phase import PHASES
from pedcorpus.training.plan import plan_training
from pedcorpus.training.quantised import quantisation
from pedcorpus.training.recipe import load_recipes
from tests.training.conftest import SMALL

FOUR_BITS = "mue.trainer.model_init_kwargs={quantization_config: {load_in_4bit: true, bnb_4bit_quant_type: nf4}}"


@pytest.mark.parametrize(
    ("phase", "told", "said"),
    [
        (
            "sft",
            {"load_in_4bit": True},
            "sft trains all weights, and quantised ones cannot be trained; it is for mue only",
        ),
        ("mue", {"bnb_4bit_quant_type": "nf4"}, "set one of load_in_4bit and load_in_8bit to true"),
        ("mue", {"load_in_4bit": True, "load_in_8bit": True}, "set one of load_in_4bit and load_in_8bit"),
        ("mue", "nf4", "expected keys of BitsAndBytesConfig, as load_in_4bit, found 'nf4'"),
    ],
)
def test_quantising_that_cannot_be_is_refused_with_the_recipe(tmp_path, phase, told, said):
    recipe = {"phase": phase, "trainer": {"model_init_kwargs": {"quantization_config": told}}}
    (tmp_path / "recipe.yaml").write_text(json.dumps(recipe))
    with pytest.raises(SettingsError, match=r"trainer\.model_init_kwargs\.quantization_config: ") as error:
        load_recipes([PHASES[phase]], source=tmp_path / "recipe.yaml", overrides=())
    assert said in str(error.value)


def test_quantised_weights_take_less_memory(export, tmp_path):
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2}
    shape = model_shape({"vocab_size": 100, **sizes})
    weights = []
    for overrides in ((), (FOUR_BITS,)):
        (planned,) = plan_training(export=export, runs=tmp_path, phases=["mue"], overrides=overrides).phases
        weights.append(memory_of(planned, shape, processes=1).weights)
    linears = 2 * (4 * 64 * 64 + 3 * 64 * 128)
    assert weights[0] - weights[1] == linears * 3.5


# bitsandbytes on a CPU wants layers of 32 outputs and 64 inputs, or multiples of them
WIDE = (*SMALL[:4], "mue.tiny.vocab_size=400", "mue.tiny.hidden_size=64", "mue.tiny.num_hidden_layers=1", "mue.r=2")


@pytest.mark.train
def test_experts_are_trained_in_float32_on_a_base_of_four_bits(export, tmp_path):
    pytest.importorskip("bitsandbytes", reason="the [gpu] extra is not installed")
    from safetensors.torch import load_file

    from pedcorpus.training import train

    run = train(export=export, runs=tmp_path, phases=["mue"], overrides=(*WIDE, FOUR_BITS))
    (done,) = run.record.finished
    assert math.isfinite(done.last_loss)
    whole = sum(weight.numel() for weight in load_file(run.model_path / "model.safetensors").values())
    assert done.parameters == whole + done.trainable  # two packed in a byte are counted as two
    weights = load_file(run.adapter_path / "adapter_model.safetensors").values()
    assert {str(weight.dtype) for weight in weights} == {"torch.float32"}


@pytest.mark.train
def test_a_key_that_bitsandbytes_does_not_have_is_told():
    pytest.importorskip("transformers", reason="needs the [train] extra")
    told = {"model_init_kwargs": {"quantization_config": {"load_in_4bit": True, "bnb_4bit_kind": "nf4"}}}
    with pytest.raises(SettingsError, match=r"quantization_config: BitsAndBytesConfig has no bnb_4bit_kind"):
        quantisation(told)
