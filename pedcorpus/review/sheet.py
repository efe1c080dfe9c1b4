"""An instruction as rows for a reader: each assertion with what it rests on, each finding where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pedcorpus.normalise import fold, split_sentences
from pedcorpus.records import Basis, Claim, Finding, Instruction, Record, Status
from pedcorpus.review.desk import ReviewItem

__all__ = ["Mark", "Part", "Row", "sheet_rows"]

MarkKind = Literal["safety", "computed", "quoted", "heading", "unchecked", "named", "missing"]
_WORSE: tuple[MarkKind, ...] = ("safety", "computed", "heading", "quoted", "unchecked", "named", "missing")
_LONGEST_NAME = 30
"""A longer text is a statement: a heading names things, it states nothing."""
_NOT_READ = frozenset({"unit"})
"""Texts that only repeat, for a machine, what the row says already."""


@dataclass(frozen=True)
class Mark:
    """What a row rests on."""

    kind: MarkKind
    """`quoted` stands word for word in a quote, `heading` in the headings above one; `named` names a quote
    that does not say it in these words;
    `missing` has no quote; `computed` was recomputed by a check, `unchecked` was computed and not checked yet."""
    evidence: tuple[int, ...] = ()
    """Indices of the quotes."""


@dataclass(frozen=True)
class Part:
    """One field, or one sentence of it."""

    path: str
    name: str
    """Name of the field inside its row, such as `dose_text`."""
    text: str
    start: int = 0
    """Where `text` begins in its field."""
    mark: Mark | None = None


@dataclass(frozen=True)
class Row:
    """One line of the sheet."""

    name: str
    """Field that it belongs to; `question` holds the whole scene."""
    number: int | None
    """Its place in a list, counted from 1."""
    parts: tuple[Part, ...]
    is_computed: bool = False
    findings: tuple[Finding, ...] = ()
    """What the checks say of it."""

    @property
    def mark(self) -> Mark | None:
        """The worst of its parts' marks, with every quote that any of them needs."""
        marks = [part.mark for part in self.parts if part.mark]
        if not marks:
            return None
        kind = max((mark.kind for mark in marks), key=_WORSE.index)
        return Mark(kind, tuple(sorted({index for mark in marks for index in mark.evidence})))


def sheet_rows(item: ReviewItem) -> tuple[Row, ...]:
    """The question, then every asserted field in the record's order; findings at their rows, the rest on a last one.

    A last row called `findings` without parts holds what belongs to no field.
    """
    rows = [*_rows(item.instruction, is_checked=item.status is not Status.DRAFT or bool(item.findings))]
    loose = []
    for finding in item.findings:
        place = _place_of(finding, rows, item.instruction)
        if place is None:
            loose.append(finding)
        else:
            rows[place] = replace(rows[place], findings=(*rows[place].findings, finding))
    if loose:
        rows.append(Row("findings", None, (), findings=tuple(loose)))
    return tuple(rows)


def _rows(instruction: Instruction, *, is_checked: bool) -> Iterator[Row]:
    yield Row("question", None, (Part("question", "question", instruction.user_text()),))
    marks = _marks(instruction, is_checked=is_checked)
    asserted = {path.split(".")[0] for path in marks}
    for name in type(instruction).model_fields:
        if name in asserted:
            yield from _field_rows(name, getattr(instruction, name), marks)


def _marks(instruction: Instruction, *, is_checked: bool) -> dict[str, list[tuple[Claim, Mark]]]:
    quotes = [fold(evidence.quote) for evidence in instruction.evidence]
    headings = [fold("\n".join(evidence.address.heading_path)) for evidence in instruction.evidence]
    marks: dict[str, list[tuple[Claim, Mark]]] = {}
    for claim in instruction.claims():
        mark = _mark(claim, quotes, headings, is_checked=is_checked)
        marks.setdefault(claim.path, []).append((claim, mark))
    return marks


def _mark(claim: Claim, quotes: Sequence[str], headings: Sequence[str], *, is_checked: bool) -> Mark:
    if claim.basis is Basis.SAFETY:
        return Mark("safety")
    if claim.basis is Basis.COMPUTED:
        return Mark("computed" if is_checked else "unchecked", claim.evidence)
    words = fold(claim.text)
    candidates = claim.evidence or tuple(range(len(quotes)))
    said = tuple(index for index in candidates if index < len(quotes) and words in quotes[index])
    if said:
        return Mark("quoted", said if claim.evidence else said[:1])
    headed = tuple(index for index in candidates if index < len(headings) and words in headings[index])
    if headed and len(claim.text) <= _LONGEST_NAME:
        return Mark("heading", headed[:1])
    return Mark("named", claim.evidence) if claim.evidence else Mark("missing")


Marks = Mapping[str, list[tuple[Claim, Mark]]]


def _field_rows(name: str, value: object, marks: Marks) -> Iterator[Row]:
    if isinstance(value, str):
        yield from _sentence_rows(name, value, marks[name])
    elif isinstance(value, Record):
        yield Row(name, None, tuple(_parts(name, value, marks)))
    elif isinstance(value, tuple):
        for index, element in enumerate(value):
            yield from _element_rows(name, index, element, marks)


def _element_rows(name: str, index: int, element: object, marks: Marks) -> Iterator[Row]:
    path, number = f"{name}.{index}", index + 1
    if isinstance(element, str):
        yield Row(name, number, (Part(path, name, element, mark=_worst(marks.get(path, []))),))
    elif isinstance(element, Record):
        yield Row(name, number, tuple(_parts(path, element, marks)))
        for field in type(element).model_fields:
            for claim, mark in marks.get(f"{path}.{field}", []):
                if claim.basis is Basis.COMPUTED:
                    part = Part(claim.path, field, claim.text, mark=mark)
                    yield Row(name, number, (part,), is_computed=True)


def _parts(path: str, record: Record, marks: Marks) -> Iterator[Part]:
    """The record's texts; of two equal ones in a row, the asserted one stands for both."""
    parts: list[Part] = []
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if info.annotation is str and value and name not in _NOT_READ:
            here = f"{path}.{name}"
            part = Part(here, name, value, mark=_worst(marks.get(here, [])))
            if parts and parts[-1].text == value:
                parts.pop()
            parts.append(part)
    yield from parts


def _worst(found: Sequence[tuple[Claim, Mark]]) -> Mark | None:
    return Row("", None, tuple(Part("", "", "", mark=mark) for _, mark in found)).mark


def _sentence_rows(name: str, text: str, found: Sequence[tuple[Claim, Mark]]) -> Iterator[Row]:
    """One row a sentence, each with the marks of the claims that begin in it."""
    claims, position, used = list(found), 0, 0
    for sentence in split_sentences(text):
        start = text.find(sentence, position)
        position = start + len(sentence)
        here = []
        while claims and (at := text.find(claims[0][0].text, used)) < position:
            used = max(at + 1, used)
            here.append(claims.pop(0))
        yield Row(name, None, (Part(name, name, sentence, start, _worst(here)),))


def _place_of(finding: Finding, rows: Sequence[Row], instruction: Instruction) -> int | None:
    """The row that a finding stands at: its sentence, its field, an element of its list; else the scene or none."""
    path = finding.path
    name = path.split(".")[0]
    fits = [index for index, row in enumerate(rows) if any(_concerns(path, part.path) for part in row.parts)]
    if finding.start is not None:
        at = finding.start
        fits = [i for i in fits if any(p.start <= at < p.start + len(p.text) for p in rows[i].parts)] or fits
    if fits:
        return next((index for index in fits if path in {part.path for part in rows[index].parts}), fits[-1])
    is_scene = name in type(instruction).model_fields and name not in {"evidence", *(row.name for row in rows)}
    if is_scene:
        return 0
    return next((i for i, row in enumerate(rows) if row.name == name and _element(row, path)), None)


def _concerns(path: str, field: str) -> bool:
    return bool(path) and (path == field or field.startswith(f"{path}.") or path.startswith(f"{field}."))


def _element(row: Row, path: str) -> bool:
    """Is `path` another field of this row's list element, such as its unit?"""
    parts = path.split(".")
    return len(parts) > 1 and parts[1].isdigit() and int(parts[1]) + 1 == row.number
