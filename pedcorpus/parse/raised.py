"""Raised and lowered characters as Unicode has them: a flattened m² or 10⁹ is another quantity."""

from __future__ import annotations

__all__ = ["lower_each", "raise_each", "raise_wholly"]

_SIGNS = dict(zip("+-−–=()", "⁺⁻⁻⁻⁼⁽⁾", strict=True))
_DIGITS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_BRACKETS = ("[", "［", "〔", "【")
"""A raised `[12]` points to the references: it stays as printed."""
_ALREADY_HIGH = frozenset("*#＊※△▲★†‡§′″'\"°º℃®™，,、;； ")
_LONGEST_LETTERS = 3
"""Raised letters are marks and ordinals (aᵇ, 4ᵗʰ); a longer raised text is a small-print remark."""


def raise_each(text: str) -> str:
    """`text`, which is printed raised, with each character that has a raised form in it; as long as `text`."""
    if text.lstrip().startswith(_BRACKETS):
        return text
    known = dict(_DIGITS)
    if not any(map(str.isalpha, text)):
        known |= _SIGNS
    elif len(text.strip()) <= _LONGEST_LETTERS and all(one in _LETTERS for one in text if one.isalpha()):
        known |= _SIGNS | _LETTERS
    return "".join(known.get(one, one) for one in text)


def raise_wholly(text: str) -> str | None:
    """`text` as it reads when raised; none where some of it has no raised form and would be misread flat."""
    if text.lstrip().startswith(_BRACKETS):
        return text
    raised = raise_each(text)
    left_flat = {own for one, own in zip(raised, text, strict=True) if one == own}
    return raised if left_flat <= _ALREADY_HIGH else None


def lower_each(text: str) -> str:
    """`text`, which is printed lowered: digits and signs alone as subscripts, all else (`max`, `1/2`) plain."""
    return "".join(_LOWERED[one] for one in text) if all(one in _LOWERED for one in text) else text
