"""Models of which no keys and values can be kept: their replies are those of transformers' `generate`."""

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from peft import PrefixTuningConfig, PromptTuningConfig, get_peft_model
from transformers import MambaConfig, MambaForCausalLM

from pedcorpus.inference.batching.alone import AloneDecoder
from pedcorpus.inference.batching.checked import can_share
from tests.inference.batching.models import SIZES, lively, llama
from tests.inference.batching.test_exactness import bare
from tests.inference.batching.test_offline import answered, expected

pytestmark = [
    pytest.mark.train,
    pytest.mark.filterwarnings("ignore:Position ids are not supported"),  # PEFT's, in `generate`
]

NO_ATTENTION = {name: SIZES[name] for name in ("vocab_size", "hidden_size", "pad_token_id", "eos_token_id")}


def with_a_learnt_prompt():
    return lively(get_peft_model(llama(), PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=4)))


def with_a_learnt_prefix():
    return lively(get_peft_model(llama(), PrefixTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=4)))


def mamba():
    """States in place of keys and values."""
    return lively(MambaForCausalLM(MambaConfig(**NO_ATTENTION, num_hidden_layers=2, state_size=8)))


@pytest.mark.parametrize("layout", [with_a_learnt_prompt, with_a_learnt_prefix, mamba])
def test_replies_are_those_of_generate(layout):
    model = layout()
    assert not can_share(model, bare(model))
    assert answered(AloneDecoder(model)) == expected(model)
