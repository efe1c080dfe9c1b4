"""Consultations and data sets kept as JSON, JSON Lines, or Python literals, whatever the file is called."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.errors import InputError
from pedcorpus.parse.decode import decode, read_text
from pedcorpus.parse.dialogues import parse_rows
from pedcorpus.parse.json_rows import JsonRow, looks_like_json, read_objects
from pedcorpus.parse.literals import literal_items, looks_like_literal, read_literal
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.records import SourceKind

__all__ = ["PARSER", "DialogueJsonParser"]

_PROBE_BYTES = 2000


class DialogueJsonParser:
    """JSON, JSON Lines and Python literals in works of kind consultation or dataset."""

    name = "dialogue_json"
    version = 1
    suffixes = frozenset({".jsonl", ".json", ".ndjson", ".txt"})
    kinds = frozenset({SourceKind.CONSULTATION, SourceKind.DATASET})

    def recognises(self, original: Original) -> bool:
        return looks_like_json(original.data) or looks_like_literal(_head(original))

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original, damaged=True)
        return parse_rows(
            _rows(decoded.text, original.path), original, f"{self.name}@{self.version}", encoding=decoded.encoding
        )


def _head(original: Original) -> str:
    try:
        return decode(original.data[:_PROBE_BYTES].rpartition(b"\n")[0] or original.data[:_PROBE_BYTES], where="").text
    except InputError:
        return ""


def _rows(text: str, where: str) -> Iterator[JsonRow]:
    if not looks_like_literal(text):
        return read_objects(text, where)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if all(line.strip().startswith("{") and line.rstrip().rstrip(",").endswith("}") for _, line in lines):
        return (_literal(line.rstrip().rstrip(","), str(number), number) for number, line in lines)
    return (_literal(item, f"item {number}", None) for number, (item, _) in enumerate(literal_items(text), 1))


def _literal(text: str, at: str, line: int | None) -> JsonRow:
    try:
        value = read_literal(text)
    except ValueError as error:
        return JsonRow(None, at, line, text, f"{error}; correct or delete it")
    if not isinstance(value, dict):
        return JsonRow(None, at, line, text, f"found a {type(value).__name__}, expected an object; delete it")
    return JsonRow({str(key): item for key, item in value.items()}, at, line, text)


PARSER = DialogueJsonParser()
