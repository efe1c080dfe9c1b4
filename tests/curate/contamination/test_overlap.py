import pytest

from pedcorpus.curate.contamination import Item, ItemIndex, Row, overlap_of
from pedcorpus.curate.contamination.overlap import own_span
from pedcorpus.normalise import fold


@pytest.mark.parametrize(
    ("text", "wanted"), [("体温 39.2℃ ，咳", "2℃ ，"), ("  ０.３ mg……好", "３ mg……"), ("a\u200bb c", "b c")], ids=ascii
)
def test_a_folded_span_is_found_in_the_text_itself(text: str, wanted: str) -> None:
    start = fold(text).index(fold(wanted))
    begin, end = own_span(text, start, start + len(fold(wanted)))
    assert fold(text[begin:end]) == fold(wanted)
    assert text[begin:end].strip() == wanted.strip()


def test_both_sides_are_told_in_their_own_characters() -> None:
    item = Item("cmb", "9", "体温39.2℃，咳嗽3天，最可能是什么病")
    ((row, (match,)),) = ItemIndex([item]).search([Row("r", "请问", "体温 ３９.２℃,咳嗽３天,最可能是什么病？")])
    overlap = overlap_of(match, row, task="medkqa")
    assert (overlap.item_text, overlap.row_text) == (item.question, "体温 ３９.２℃,咳嗽３天,最可能是什么病")
    assert (overlap.set, overlap.item, overlap.row, overlap.said_by) == ("cmb", "9", "r", "assistant")


def test_a_plain_text_is_said_by_nobody() -> None:
    item = Item("cmb", "9", "体温39.2℃，咳嗽3天，最可能是什么病")
    ((row, (match,)),) = ItemIndex([item]).search([Row("train 1", item.question)])
    assert overlap_of(match, row, task="cpt").said_by == "text"
