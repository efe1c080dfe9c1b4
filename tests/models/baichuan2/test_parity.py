import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from tests.models.baichuan2 import by_hand

pytestmark = pytest.mark.train

SHORT, LONG = [7, 3, 58, 9, 11], [5, 44, 12, 7, 7, 30, 2, 19, 60]
PAD = 0


@pytest.fixture(params=["sdpa", "eager"])
def ours(model, request):
    model.set_attn_implementation(request.param)
    return model


@torch.no_grad()
def close(model, found, ids):
    return torch.testing.assert_close(found, by_hand.logits(model, ids).float(), atol=1e-5, rtol=0)


@torch.no_grad()
def test_logits_are_those_of_the_equations(ours):
    close(ours, ours(torch.tensor([LONG])).logits[0], LONG)


@torch.no_grad()
@pytest.mark.parametrize("side", ["left", "right"])
def test_padding_on_either_side_changes_nothing(ours, side):
    padding = [PAD] * (len(LONG) - len(SHORT))
    padded = padding + SHORT if side == "left" else SHORT + padding
    ids = torch.tensor([LONG, padded])
    found = ours(ids, attention_mask=(ids != PAD).long()).logits
    close(ours, found[0], LONG)
    close(ours, found[1][ids[1] != PAD], SHORT)


@torch.no_grad()
def test_documents_packed_in_a_row_do_not_see_one_another(ours):
    ids, positions = [*LONG, *SHORT], [*range(len(LONG)), *range(len(SHORT))]
    found = ours(torch.tensor([ids]), position_ids=torch.tensor([positions]), use_cache=False).logits[0]
    close(ours, found[: len(LONG)], LONG)
    close(ours, found[len(LONG) :], SHORT)


@torch.no_grad()
def test_with_a_cache_tokens_may_come_one_by_one(ours):
    first = ours(torch.tensor([LONG[:4]]), use_cache=True)
    cache = first.past_key_values
    rest = [ours(torch.tensor([[token]]), past_key_values=cache, use_cache=True).logits[0] for token in LONG[4:]]
    close(ours, torch.cat([first.logits[0], *rest]), LONG)


@torch.no_grad()
def test_with_a_cache_rows_may_be_padded_on_the_left(ours):
    ids = torch.tensor([LONG, [PAD] * 4 + SHORT])
    mask = (ids != PAD).long()
    positions = (mask.cumsum(1) - 1).clamp_min(0)
    first = ours(ids[:, :7], attention_mask=mask[:, :7], position_ids=positions[:, :7], use_cache=True)
    rest = ours(
        ids[:, 7:], attention_mask=mask, position_ids=positions[:, 7:], past_key_values=first.past_key_values
    ).logits
    close(ours, torch.cat([first.logits, rest], 1)[1, 4:], SHORT)


@torch.no_grad()
def test_only_the_last_logits_are_computed_where_no_others_are_asked_for(ours):
    whole = ours(torch.tensor([LONG])).logits
    torch.testing.assert_close(ours(torch.tensor([LONG]), logits_to_keep=2).logits, whole[:, -2:])
