import math

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
import torch.nn.functional as F

from pedcorpus.models.mue import MueConfig, MueLinear
from pedcorpus.models.mue.layer import gated, gates

pytestmark = pytest.mark.train


def layer(*, features_in=6, features_out=5, **settings) -> MueLinear:
    torch.manual_seed(1)
    made = MueLinear(torch.nn.Linear(features_in, features_out), "default", MueConfig(**settings))
    for parameter in (*made.mue_B.values(), *made.mue_noise.values()):
        torch.nn.init.normal_(parameter)
    return made


def looped(made: MueLinear, x: torch.Tensor, r: int) -> torch.Tensor:
    """The formula, one token and one expert at a time."""
    a, b = made.mue_A["default"], made.mue_B["default"]
    rows = []
    for token in x:
        h = made.base_layer(token)
        g = torch.softmax(made.mue_router["default"] @ token, dim=0) if "default" in made.mue_router else []
        for i in range(a.shape[0] // r):
            block = slice(i * r, (i + 1) * r)
            weight = 1.0 if i == 0 else g[i - 1]
            h = h + made.mue_scaling["default"] * weight * (b[:, block] @ (a[block] @ token))
        rows.append(h)
    return torch.stack(rows)


def test_a_hand_computed_layer():
    made = MueLinear(torch.nn.Linear(2, 1, bias=False), "default", MueConfig(r=1, lora_alpha=2, num_experts=2))
    made.base_layer.weight.data = torch.tensor([[1.0, 1.0]])
    made.mue_A["default"].data = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    made.mue_B["default"].data = torch.tensor([[10.0, 100.0, 1000.0]])
    made.mue_router["default"].data = torch.tensor([[0.0, 0.0], [math.log(3.0), 0.0]])
    made.eval()
    # x = (1, 2): W0x = 3; A x = 1, 2, 3; gates = softmax(0, ln 3) = 1/4, 3/4; scaled by 2/1
    expected = 3 + 2 * (10 * 1 + 0.25 * 100 * 2 + 0.75 * 1000 * 3)
    assert made(torch.tensor([[1.0, 2.0]])).item() == pytest.approx(expected)


@pytest.mark.parametrize("experts", [0, 1, 3, 5])
def test_the_fused_product_equals_the_plain_loop(experts):
    made = layer(r=4, lora_alpha=8, num_experts=experts).eval()
    x = torch.randn(7, 6)
    assert torch.allclose(made(x), looped(made, x, r=4), atol=1e-6)


def test_gates_of_each_token_sum_to_one_in_float32():
    weights = gates(torch.randn(2, 3, 6, dtype=torch.bfloat16), torch.randn(4, 6), None)
    assert weights.dtype == torch.float32
    assert torch.allclose(weights.sum(-1), torch.ones(2, 3))


def test_noise_is_the_softplus_of_its_own_projection():
    x, router, noise = torch.randn(3, 6), torch.randn(2, 6), torch.randn(2, 6)
    torch.manual_seed(5)
    drawn = torch.randn(3, 2)
    torch.manual_seed(5)
    expected = torch.softmax(x @ router.T + drawn * F.softplus(x @ noise.T), dim=-1)
    assert torch.allclose(gates(x, router, noise), expected, atol=1e-6)


def test_gates_scale_the_blocks_of_their_experts_and_the_universal_one_stays():
    hidden, weights = torch.tensor([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]), torch.tensor([[0.25, 0.75]])
    assert torch.equal(gated(hidden, weights, 2.0), torch.tensor([[2.0, 4.0, 1.5, 2.0, 7.5, 9.0]]))


@pytest.mark.parametrize("shape", [(6,), (3, 6), (2, 3, 6)])
def test_tokens_may_have_any_number_of_axes(shape):
    made, x = layer(num_experts=2).eval(), torch.randn(*shape)
    assert torch.allclose(made(x).view(-1, 5), looped(made, x.view(-1, 6), r=8), atol=1e-5)


def test_what_is_computed_with_gradients_is_what_is_computed_without():
    made, x = layer(num_experts=3, router_noise=False).train(), torch.randn(4, 6)
    with torch.no_grad():
        expected = made(x)
    assert torch.allclose(made(x), expected, atol=1e-6)


def test_inference_is_deterministic_and_training_is_noisy():
    made, x = layer(num_experts=3), torch.randn(4, 6)
    made.train()
    assert not torch.equal(made(x), made(x))
    made.eval()
    assert torch.equal(made(x), made(x))


def test_noise_switched_off_makes_training_deterministic_and_has_no_weights():
    made, x = layer(num_experts=3, router_noise=False).train(), torch.randn(4, 6)
    assert torch.equal(made(x), made(x))
    assert len(made.mue_noise) == 0


def test_a_fresh_layer_answers_as_its_base():
    base = torch.nn.Linear(6, 5)
    made = MueLinear(base, "default", MueConfig(num_experts=3))
    x = torch.randn(4, 6)
    assert torch.equal(made(x), base(x))
    assert made.mue_A["default"].abs().max() > 0
    assert made.mue_B["default"].abs().max() == 0


def test_the_router_stays_in_float32_on_a_half_precision_base():
    made = MueLinear(torch.nn.Linear(6, 5).to(torch.bfloat16), "default", MueConfig())
    assert made.mue_A["default"].dtype == torch.bfloat16
    assert made.mue_router["default"].dtype == torch.float32
    assert made(torch.randn(2, 6, dtype=torch.bfloat16)).dtype == torch.bfloat16


def test_dropout_reaches_the_experts_and_not_the_router():
    made, x = layer(num_experts=2, lora_dropout=0.5, router_noise=False), torch.randn(4, 6)
    torch.manual_seed(3)
    result = made.train()(x)
    torch.manual_seed(3)
    dropped = F.dropout(x, 0.5)
    weights = gates(x, made.mue_router["default"], None)
    hidden = gated(dropped @ made.mue_A["default"].T, weights, made.mue_scaling["default"])
    assert torch.allclose(result, made.base_layer(x) + hidden @ made.mue_B["default"].T, atol=1e-6)


def test_merging_is_refused_with_the_reason():
    with pytest.raises(ValueError, match="gates differ from token to token"):
        layer().merge()
