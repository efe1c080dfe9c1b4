import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from peft import get_peft_model

from pedcorpus.models.mue import MueConfig
from pedcorpus.models.mue.reference import as_reference, without_router_noise

pytestmark = pytest.mark.train


def experts(llama):
    adapted = get_peft_model(llama, MueConfig(task_type="CAUSAL_LM", r=2, lora_dropout=0.5))
    for name, parameter in adapted.named_parameters():
        if "mue_" in name:
            torch.nn.init.normal_(parameter)
    return adapted


def answers(adapted, tokens):
    torch.manual_seed(3)
    with torch.no_grad():
        return adapted.train()(tokens).logits


def test_without_noise_training_is_deterministic_but_for_dropout(llama, tokens):
    adapted = experts(llama)
    noisy = answers(adapted, tokens)
    without_router_noise(adapted)
    quiet = answers(adapted, tokens)
    assert not torch.equal(noisy, quiet)
    assert torch.equal(answers(adapted, tokens), quiet)
    assert not torch.equal(adapted.eval()(tokens).logits, quiet)  # dropout is left on


def test_an_adapter_added_as_reference_is_a_copy(llama, tokens):
    adapted = experts(llama).eval()
    first = adapted(tokens).logits
    with as_reference(adapted):
        adapted.add_adapter("ref", adapted.peft_config["default"])
    adapted.add_adapter("later", adapted.peft_config["default"])
    adapted.eval().set_adapter("ref")
    assert torch.equal(adapted(tokens).logits, first)
    adapted.set_adapter("later")
    assert not torch.equal(adapted(tokens).logits, first)


def test_a_model_without_experts_is_left_alone(llama):
    without_router_noise(llama)
    with as_reference(llama):
        assert not hasattr(llama, "on_gates")
