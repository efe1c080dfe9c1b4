import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from pedcorpus.models.baichuan2.positions import alibi_coordinates, alibi_slopes
from tests.models.baichuan2 import by_hand

pytestmark = pytest.mark.train


def test_eight_heads_have_the_slopes_of_the_paper():
    assert alibi_slopes(8) == [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]


@pytest.mark.parametrize("heads", [1, 2, 5, 16, 32, 40])
def test_any_number_of_heads_has_the_slopes_of_the_authors_code(heads):
    assert alibi_slopes(heads) == pytest.approx(by_hand.slopes(heads), rel=1e-12)


def test_the_forty_of_the_13b():
    first = [2 ** (-i / 4) for i in range(1, 33)]
    assert alibi_slopes(40) == pytest.approx(first + [2 ** (-i / 8) for i in range(1, 16, 2)])


@pytest.mark.parametrize(("dtype", "apart"), [("float32", 1e-6), ("bfloat16", 1e-6), ("float16", 1e-5)])
@pytest.mark.parametrize("head_dim", [8, 128])
def test_the_bias_of_distant_keys_is_not_rounded_to_sixteen_bits(dtype, apart, head_dim):
    positions = torch.arange(4096)[None]
    query, key = alibi_coordinates(positions, heads=40, head_dim=head_dim, dtype=getattr(torch, dtype))
    bias = (query.double() @ key.double().transpose(2, 3))[0, :, 0] / head_dim**0.5  # (H, S)
    exact = torch.tensor(by_hand.slopes(40)).double()[:, None] * positions.double()
    torch.testing.assert_close(bias, exact, atol=1e-4, rtol=apart)
