import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
from peft import get_peft_model

from pedcorpus.models.mue import GateWatch, MueConfig

pytestmark = pytest.mark.train


@pytest.fixture
def adapted(llama):
    torch.manual_seed(1)
    return get_peft_model(llama, MueConfig(task_type="CAUSAL_LM", r=2, num_experts=3)).eval()


def test_each_layers_gates_sum_to_one_over_its_tokens(adapted, tokens):
    watch = GateWatch(adapted)
    with watch.watching(), torch.no_grad():
        adapted(tokens)
    found = watch.taken()
    assert list(found)[:2] == ["0.mlp.gate_proj", "0.mlp.up_proj"]
    assert len(found) == 6
    for gates in found.values():
        assert gates.tokens == tokens.numel()
        assert sum(gates.share) == pytest.approx(1)
        assert 0 < gates.entropy <= 1


@pytest.mark.parametrize(("gates", "entropy"), [([1.0, 0.0, 0.0], 0.0), ([1 / 3, 1 / 3, 1 / 3], 1.0)])
def test_entropy_says_how_many_experts_are_asked(adapted, gates, entropy):
    watch = GateWatch(adapted)
    layer = next(module for module in adapted.modules() if hasattr(module, "mue_router"))
    with watch.watching():
        layer.on_gates(torch.tensor([gates]))
    (found,) = watch.taken().values()
    assert found.share == pytest.approx(tuple(gates))
    assert found.entropy == pytest.approx(entropy)


def test_what_was_taken_is_not_taken_again_and_nothing_is_watched_outside(adapted, tokens):
    watch = GateWatch(adapted)
    with watch.watching(), torch.no_grad():
        adapted(tokens)
    watch.taken()
    with torch.no_grad():
        adapted(tokens)
    assert watch.taken() == {}


def test_plain_lora_has_no_gates(llama, tokens):
    plain = get_peft_model(llama, MueConfig(task_type="CAUSAL_LM", r=2, num_experts=0)).eval()
    watch = GateWatch(plain)
    with watch.watching(), torch.no_grad():
        plain(tokens)
    assert watch.taken() == {}
