from __future__ import annotations

import pytest

from pedcorpus.review.exchange import DamagedJson, decoded, elements
from pedcorpus.review.exchange.strict_json import value_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1, "a": 2}', "'a' stands twice"),
        ('{"a": {"b": 1, "b": 1}}', "'b' stands twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "-Infinity"),
        ('{"a": 1', "line 1, column"),
        ('{"a": 1} x', "line 1, column"),
        ("", "line 1, column"),
        ("[" * 200_000, "too deep"),
    ],
    ids=["twice", "twice inside", "nan", "infinity", "cut off", "more", "empty", "deep"],
)
def test_what_is_no_plain_json_is_told(text, found):
    with pytest.raises(DamagedJson, match=found):
        value_of(text)


def test_an_endless_number_is_a_number():
    assert value_of(f'{{"seconds": {"9" * 300}}}')["seconds"] == pytest.approx(1e300)
    assert value_of("9" * 5_000) == float("inf")


@pytest.mark.parametrize(
    ("text", "kept", "found"),
    [
        ("[]", [], ""),
        (" [1, 2 ]\n", [1, 2], ""),
        ('[1, {"a": 1, "a": 2}, 3]', [1, 3], "stands twice"),
        ("[1, 2", [1, 2], "end of the file"),
        ("[1 2]", [1], "comma"),
        ("[1, ", [1], "line 1"),
        ("[1] 2", [1], "there follows"),
        ('{"a": 1}', [], "array"),
        ("", [], "end of the file"),
        ("[" * 200_000, [], "too deep"),
    ],
    ids=["empty", "two", "twice", "cut off", "no comma", "cut after comma", "more", "object", "nothing", "deep"],
)
def test_what_stands_before_damage_is_read(text, kept, found):
    read = list(elements(text))
    assert [each for each in read if not isinstance(each, DamagedJson)] == kept
    assert "; ".join(str(each) for each in read if isinstance(each, DamagedJson)).count(found)
    assert any(isinstance(each, DamagedJson) for each in read) is bool(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_no_part_of_the_text(encoding):
    assert decoded("[热]".encode(encoding)) == "[热]"


@pytest.mark.parametrize(("encoding", "text"), [("gb18030", "热性惊厥"), ("big5", "熱性驚厥")])
def test_another_encoding_is_not_guessed(encoding, text):
    with pytest.raises(DamagedJson, match="byte 1 is not UTF-8"):
        decoded(text.encode(encoding))
