import pytest

from pedcorpus.inference.batching.text import ReplyText, Spelling

EMOJI = "👶🏽发热39℃"


def bytewise(ids):
    """A tokenizer of bytes."""
    return bytes(ids).decode(errors="replace")


def wordwise(ids):
    """A tokenizer whose first word loses its space, as sentencepiece's does."""
    return "".join(f" {'abcdef'[each]}" for each in ids).removeprefix(" ")


def told(tokens, spelling, stop=()):
    text = ReplyText(spelling, stop)
    pieces = []
    for token in tokens:
        pieces.append(text.add(token))
        if text.stopped:
            break
    return [*pieces, text.end()]


@pytest.mark.parametrize("by_bytes", [True, False])
def test_no_character_is_told_in_parts(by_bytes):
    pieces = told(EMOJI.encode(), Spelling(bytewise, by_bytes=by_bytes))
    assert "".join(pieces) == EMOJI
    assert [piece for piece in pieces if piece] == list(EMOJI)


def test_bytes_that_are_no_character_are_told_at_the_end():
    assert "".join(told([0x61, 0xE5, 0x8F], Spelling(bytewise, by_bytes=True))) == "a\ufffd"


def test_bytes_that_are_no_character_hold_nothing_up():
    pieces = told([0xFF, 0x61, 0xFF, 0xFF, 0xE5, 0x8F, 0x91, 0x62], Spelling(bytewise, by_bytes=True))
    assert pieces == ["", "\ufffda", "", "\ufffd", "\ufffd", "", "发", "b", ""]


def test_bytes_that_never_become_a_character_are_not_held_for_ever():
    text = ReplyText(Spelling(bytewise, by_bytes=True))
    pieces = [text.add(0xFF) for _ in range(100)]
    assert any(pieces)
    assert "".join([*pieces, text.end()]) == "\ufffd" * 100


def test_a_tokens_space_is_kept_within_the_reply():
    assert told([0, 1, 2], Spelling(wordwise)) == ["a", " b", " c", ""]


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        pytest.param(("\n\n",), "ab", id="comes-in-two-tokens"),
        pytest.param(("c", "b"), "a", id="the-first-of-two"),
        pytest.param(("zz",), "ab\n\n\ncd\n", id="does-not-come"),
        pytest.param(("\nx",), "ab\n\n\ncd\n", id="begins-at-the-end-only"),
        pytest.param(("ab",), "", id="is-all-there-is"),
    ],
)
def test_the_text_ends_before_a_stop_string(stop, expected):
    reply = "ab\n\n\ncd\n"
    assert "".join(told(reply.encode(), Spelling(bytewise, by_bytes=True), stop)) == expected
