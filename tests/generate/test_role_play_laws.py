"""Whatever a model answers: each slot is a record or is told, and nothing that is not quoted from the source passes."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pedcorpus.generate.role_play import WRITER
from pedcorpus.records import Basis, Instruction
from tests.generate.asking import assignments, payload
from tests.generate.scripted_model import good_reply
from tests.generate.shelf import FRAGMENT

(REQUEST,) = assignments(FRAGMENT)
GOOD = json.loads(good_reply(payload(REQUEST)))["drafts"]
SOURCE = {passage.id: passage.text for passage in FRAGMENT.passages}
TEXT = st.text(st.characters(blacklist_categories=()), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 20) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def spoiled_drafts(draw):
    """A good draft with one field anything at all, or cut from the source anywhere."""
    draft = dict(draw(st.sampled_from(GOOD)))
    text = draw(st.sampled_from(sorted(SOURCE.values())))
    start = draw(st.integers(0, len(text) - 1))
    piece = text[start : start + draw(st.integers(1, 30))]
    part = {"text": draw(TEXT | st.just(piece)), "quote": piece}
    draft[draw(st.sampled_from(sorted(draft)))] = draw(JSON | st.just([part]) | st.just(piece))
    return draft


def read(drafts):
    return list(WRITER.drafts(REQUEST, REQUEST.ask.reply.model_construct(drafts=drafts)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(TEXT | st.sampled_from(["slot", "task", "question", "parts"]), JSON), max_size=3))
def test_any_json_at_all_is_told_and_never_raised(drafts):
    made = read(drafts)
    assert not any(isinstance(one, Instruction) for one in made)
    assert all(one.reason and one.detail.encode() and one.raw.encode() for one in made)


@settings(max_examples=200, deadline=None)
@given(st.lists(spoiled_drafts(), min_size=1, max_size=4))
def test_every_quote_of_every_record_stands_in_the_source(drafts):
    for record in read(drafts):
        if not isinstance(record, Instruction):
            continue
        assert all(row.quote in SOURCE[row.origin_id] for row in record.evidence)
        safety = [claim.text for claim in record.claims() if claim.basis is Basis.SAFETY]
        assert set(safety) <= {"如症状不缓解或加重，请立即就医。"}


@settings(max_examples=50, deadline=None)
@given(st.permutations(GOOD))
def test_the_order_of_drafts_in_a_reply_does_not_matter(drafts):
    ids = {one.id for one in read(drafts)}
    assert ids == {one.id for one in read(GOOD)}
    assert len(ids) == len(GOOD)
