from pathlib import Path

import pytest

from pedcorpus.models.model_folder import model_shape
from pedcorpus.training.memory import memory_of, trained_parameters
from pedcorpus.training.phase import PHASES
from pedcorpus.training.plan import PlannedPhase
from pedcorpus.training.recipe import Recipe, load_recipes
from tests.models.test_model_folder import BAICHUAN2_7B

SHAPE = model_shape(BAICHUAN2_7B)
P = SHAPE.parameters


def planned(phase="sft", mue=None, **trainer):
    recipe = Recipe(phase, trainer={"per_device_train_batch_size": 1, "max_length": 100, **trainer}, mue=mue or {})
    return PlannedPhase(PHASES[phase], recipe, Path("train.parquet"), None, 1)


def test_full_precision_takes_sixteen_bytes_a_parameter():
    memory = memory_of(planned(), SHAPE, processes=1)
    assert (memory.weights, memory.casts, memory.gradients, memory.optimiser) == (4 * P, 0, 4 * P, 8 * P)
    assert memory.total == 16 * P + memory.activations


@pytest.mark.parametrize(
    ("trainer", "part", "expected"),
    [
        ({"bf16": True}, "casts", 2 * P),
        ({"model_init_kwargs": {"dtype": "bfloat16"}, "bf16": True}, "casts", 0),
        ({"model_init_kwargs": {"dtype": "bfloat16"}}, "weights", 2 * P),
        ({"optim": "paged_adamw_8bit"}, "optimiser", 2 * P),
        ({"optim": "sgd"}, "optimiser", 0),
    ],
)
def test_precision_and_optimiser_change_what_a_parameter_takes(trainer, part, expected):
    assert getattr(memory_of(planned(**trainer), SHAPE, processes=1), part) == expected


def test_what_is_split_is_shared_among_the_processes():
    alone, split = (memory_of(planned(fsdp="full_shard"), SHAPE, processes=count) for count in (1, 8))
    assert (split.weights, split.gradients, split.optimiser) == (4 * P // 8, 4 * P // 8, 8 * P // 8)
    assert split.activations == alone.activations
    zero = memory_of(planned(deepspeed={"zero_optimization": {}}, bf16=True), SHAPE, processes=8)
    assert zero.total - zero.activations == pytest.approx(16 * P / 8, abs=3)


def test_copies_for_each_process_are_not_shared():
    assert memory_of(planned(), SHAPE, processes=8) == memory_of(planned(), SHAPE, processes=1)


def test_activations_by_hand():
    block = 6 * 4096 + 2 * 4096 + 4096 + 4 * 11_008
    whole = memory_of(planned(activation_checkpointing=False), SHAPE, processes=1)
    assert whole.activations == 100 * 4 * 32 * block
    checkpointed = memory_of(planned(bf16=True), SHAPE, processes=1)
    assert checkpointed.activations == 100 * 2 * (32 * 4096 + block)


def test_preferences_are_two_sequences_and_a_reference_that_is_not_asked_beforehand_a_second_model():
    kept, asked = (
        memory_of(planned("dfpo", precompute_ref_log_probs=way), SHAPE, processes=1) for way in (False, True)
    )
    assert (kept.weights, asked.weights) == (8 * P, 4 * P)
    assert asked.activations == 2 * memory_of(planned(), SHAPE, processes=1).activations


def test_experts_alone_are_trained_in_the_last_phase():
    recipe = load_recipes([PHASES["mue"]], source="gpu-7b", overrides=())["mue"]
    trained = trained_parameters(planned("mue", mue=recipe.mue), SHAPE)
    assert trained / (P + trained) == pytest.approx(0.0097, abs=5e-5)
    assert memory_of(planned("mue", mue=recipe.mue), SHAPE, processes=1).gradients == 4 * trained
