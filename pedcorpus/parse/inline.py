"""Markdown's inline markup taken off one line of text, each character left knowing where it stood."""

from __future__ import annotations

import re

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
_BOLD = re.compile(r"\s*(?:\*\*|__)(?=\S)(?:(?!\*\*|__).)+(?:\*\*|__)\s*[：:]?\s*")


def is_emphatic(text: str) -> bool:
    """Is the whole of `text` one stretch of bold?"""
    return _BOLD.fullmatch(text) is not None


def strip_inline(text: str, origin: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """`text` without markup, and what is left of `origin`, its characters' offsets.

    An asterisk between letters or digits stays: `3*4` is a product.
    """
    for rule in _RULES:
        text, origin = _apply(rule, text, origin)
    return text, origin


def _apply(rule: re.Pattern[str], text: str, origin: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
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
