"""Raised and lowered characters keep their height."""

from __future__ import annotations

import pytest

from pedcorpus.parse.raised import lower_each, raise_each, raise_wholly


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", "²"), ("-9", "⁻⁹"), ("+", "⁺"), ("2+", "²⁺"), ("1,2", "¹,²"), ("[12]", "[12]"), ("th", "ᵗʰ"),
        ("*", "*"), ("TM", "TM"), ("remark", "remark"), ("3a", "³ᵃ"),
    ],
)  # fmt: skip
def test_raised_text_has_raised_characters(text: str, expected: str) -> None:
    assert raise_each(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("2", "²"), ("°", "°"), ("[1]", "[1]"), ("1/2", None), ("甲", None)])
def test_what_would_be_misread_flat_cannot_be_raised(text: str, expected: str | None) -> None:
    assert raise_wholly(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("2", "₂"), ("max", "max"), ("1/2", "1/2"), ("", "")])
def test_lowered_digits_are_lowered(text: str, expected: str) -> None:
    assert lower_each(text) == expected
