"""A text's tokens: words as jieba cuts them, or characters."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from pedcorpus.errors import MissingExtra

__all__ = ["characters", "says_nothing", "words"]


def words(text: str) -> list[str]:
    """Words as `jieba.cut` gives them with its own dictionary, punctuation and spaces included.

    Raises:
        MissingExtra: jieba is not installed.
    """
    return list(_jieba().cut(text))


def characters(text: str) -> list[str]:
    """Every character but spaces: scores of these do not depend on where a dictionary cuts."""
    return [character for character in text if not character.isspace()]


def says_nothing(reply: list[str], reference: list[str]) -> bool:
    """Is there no letter and no digit in one of both, or a single token in place of several?"""
    if not any(map(_has_letter, reply)) or not any(map(_has_letter, reference)):
        return True
    return len(reply) == 1 < len(reference)


def _has_letter(token: str) -> bool:
    return any(character.isalnum() for character in token)


@cache
def _jieba() -> Any:  # jieba is untyped
    if find_spec("jieba") is None:
        raise MissingExtra("the text metrics", "evaluate")
    import jieba

    jieba.setLogLevel("ERROR")  # it tells of its dictionary on stderr
    jieba.initialize()
    return jieba
