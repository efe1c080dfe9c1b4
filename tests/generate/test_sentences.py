import pytest

from pedcorpus.generate.sentences import opens_dangling, points_elsewhere, split_spans


def test_spans_are_whole_sentences_at_their_places():
    text = "发热。咳嗽；流涕。"
    assert [(span.text, text[span.start : span.end]) for span in split_spans(text, language="zh")] == [
        ("发热。", "发热。"),
        ("咳嗽；流涕。", "咳嗽；流涕。"),
    ]


def test_a_sentence_that_breaks_off_is_none():
    assert [span.text for span in split_spans("发热。每次0.25～0.5 mg，", language="zh")] == ["发热。"]


def test_english_sentences_end_at_full_stops_but_not_in_numbers():
    text = "Give 0.5 mg/kg once. Repeat e.g. after 6 hours."
    assert [span.text for span in split_spans(text, language="en")] == [
        "Give 0.5 mg/kg once.",
        "Repeat e.g. after 6 hours.",
    ]


@pytest.mark.parametrize(
    "text", ["如图7-3所示。", "见表2。", "根据上述表现。", "详见第五章。", "《麻证新书》云：“麻疹”。", "本节介绍惊厥。"]
)
def test_what_points_elsewhere_is_seen(text):
    assert points_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    ["它多见于婴儿。", "其治疗以补液为主。", "此外应隔离。", "前者有体征。", "者可用阿莫西林。", "This is common."],
)
def test_openings_without_their_noun_are_seen(text):
    assert opens_dangling(text)


@pytest.mark.parametrize(
    "text", ["本病多见于婴儿。", "其因于禀赋不足者，多有早产史。", "该病由病毒引起。", "多数患儿发热。"]
)
def test_openings_that_stand_alone_pass(text):
    assert not opens_dangling(text)
    assert not points_elsewhere(text)
