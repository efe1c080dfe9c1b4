"""Markdown's inline markup taken off one line of text, each character left knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from pedcorpus.parse.html_tokens import resolve_entities
from pedcorpus.parse.latex import plain_formulas
from pedcorpus.parse.raised import lower_each, raise_each

__all__ = ["is_emphatic", "strip_inline"]

# Spans are bounded, so that a file full of opening marks costs no more than its length.
_WORD = r"[A-Za-z0-9]"
_RULES: tuple[re.Pattern[str], ...] = (
    re.compile(r"<!--.*?(?:-->|$)", re.DOTALL),
    re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)"),
    re.compile(r"\[(?P<keep>[^\[\]\n]{1,500})\]\([^)\s]{0,500}(?:\s+\"[^\"]{0,200}\")?\)"),
    re.compile(r"<(?P<keep>https?://[^>\s]+)>"),
    re.compile(r"</?(?:br|sub|sup|b|i|u|em|strong|span|font|p|div|center|a|img|small|mark|hr)\b[^<>\n]{0,300}>", re.I),
    re.compile(r"(?<!`)`(?P<keep>[^`\n]+)`(?!`)"),
    re.compile(r"\*\*\*(?=\S)(?P<keep>.{1,1000}?)(?<=\S)\*\*\*", re.DOTALL),
    re.compile(r"\*\*(?=\S)(?P<keep>.{1,1000}?)(?<=\S)\*\*", re.DOTALL),
    re.compile(r"__(?=\S)(?P<keep>.{1,1000}?)(?<=\S)__", re.DOTALL),
    re.compile(r"~~(?=\S)(?P<keep>.{1,1000}?)(?<=\S)~~", re.DOTALL),
    re.compile(rf"(?<!{_WORD})(?<!\*)\*(?=[^\s*])(?P<keep>[^*]{{1,1000}}?)(?<=[^\s*])\*(?!\*)(?!{_WORD})", re.DOTALL),
    re.compile(rf"(?<!{_WORD})(?<!_)_(?=[^\s_])(?P<keep>[^_]{{1,1000}}?)(?<=[^\s_])_(?!_)(?!{_WORD})", re.DOTALL),
    re.compile(r"\\(?P<keep>[!-/:-@\[-`{-~])"),
)
_RAISED: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"<sup>(?P<keep>[^<>\n]{1,40})</sup>", re.I), raise_each),
    (re.compile(r"<sub>(?P<keep>[^<>\n]{1,40})</sub>", re.I), lower_each),
)
_MARKUP = "*_`~\\[]<>&!"
_GUARDED = "".join(chr(0xE000 + number) for number in range(len(_MARKUP)))
"""What a formula holds is no markup: it waits as private characters until markup is off."""
_GUARD, _UNGUARD = str.maketrans(_MARKUP, _GUARDED), str.maketrans(_GUARDED, _MARKUP)
_BOLD = re.compile(r"\s*(?:\*\*|__)(?=\S)(?:(?!\*\*|__).)+(?:\*\*|__)\s*[：:]?\s*")


def is_emphatic(text: str) -> bool:
    """Is the whole of `text` one stretch of bold?"""
    return _BOLD.fullmatch(text) is not None


def strip_inline(text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    """`text` without markup, its formulas and entities as plain characters, and the offsets of what is left.

    An asterisk between letters or digits stays: `3*4` is a product.
    """
    text, origin = plain_formulas(text, origin, guard=_GUARD)
    for pattern, script in _RAISED:
        text = pattern.sub(partial(_same_length, script), text)
    for rule in _RULES:
        text, origin = _apply(rule, text, origin)
    text, origin = resolve_entities(text, origin)
    return text.translate(_UNGUARD).replace("\u00a0", " "), origin


def _same_length(script: Callable[[str], str], found: re.Match[str]) -> str:
    """The element with its text raised or lowered; its tags go with all others."""
    start, end = found.start("keep") - found.start(), found.end("keep") - found.start()
    return found[0][:start] + script(found["keep"]) + found[0][end:]


def _apply(rule: re.Pattern[str], text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    pieces: list[str] = []
    kept: list[int] = []
    last = 0
    for found in rule.finditer(text):
        keep = found.span("keep") if "keep" in rule.groupindex else (found.end(), found.end())
        for start, end in ((last, found.start()), keep):
            pieces.append(text[start:end])
            kept.extend(origin[start:end])
        last = found.end()
    if last == 0:
        return text, origin
    return "".join([*pieces, text[last:]]), (*kept, *origin[last:])
