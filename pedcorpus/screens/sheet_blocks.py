"""A review item as paragraphs: the question, each assertion with its mark, each finding where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from pedcorpus.records import Decision, Finding, Instruction, Severity, Verdict
from pedcorpus.review import Part, ReviewItem, Row, name_label, sheet_rows, standing_decisions, task_for
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.plain import plain
from pedcorpus.screens.words import WORDS, Words
from pedcorpus.tasks.scene import number_text

__all__ = ["SEVERITY_MARKS", "finding_blocks", "maker_name", "sheet_blocks"]

SEVERITY_MARKS = {Severity.ERROR: "!", Severity.WARNING: "~", Severity.PASS: " "}

_STYLES = {Severity.ERROR: "pane--error", Severity.WARNING: "pane--warning", Severity.PASS: ""}
_CONFIRMED = ("quoted", "heading", "computed")
_JOINERS = {"criterion": " ← ", "distinction": "：", "dose_text": " "}
_WIDEST_LABEL = 16


def maker_name(instruction: Instruction, words: Words) -> str:
    """`规则` for `rule.section@1`, `模型` for `llm.role_play@2:qwen`: what drafted it."""
    key = f"maker.{instruction.generator.partition('.')[0]}"
    return words(key) if key in WORDS else instruction.generator


def sheet_blocks(item: ReviewItem, words: Words, *, reader: str = "") -> tuple[Block, ...]:
    """The whole sheet: what colleagues ask of `reader`, then the question and the rest."""
    rows = sheet_rows(item)
    labels = [_label(row, words) for row in rows]
    indent = min(max(map(cell_len, labels)), _WIDEST_LABEL) + 1
    blocks: list[Block] = []
    above = ""
    for row, label in zip(rows, labels, strict=True):
        if above and row.name != above:
            blocks.append(Block((Piece(""),)))
        is_repeated = row.number is None and row.name == above
        above = row.name
        if row.parts:
            blocks.append(_row_block(row, "" if is_repeated else label, indent, item, words))
        blocks += (block for finding in row.findings for block in finding_blocks(finding, words, indent=indent))
    standing = standing_decisions(item.decisions)
    asked = [decision for decision in standing if decision.verdict is Verdict.FLAG]
    earlier = [decision for decision in standing if decision.verdict is not Verdict.FLAG]
    return (*_asked(asked, words, reader), *blocks, *_earlier(item, earlier, words))


def _label(row: Row, words: Words) -> str:
    if row.is_computed or not row.parts:
        return ""
    name = name_label(row.name)[words.language]
    return plain(f"{name} {row.number}" if row.number else name)


def _row_block(row: Row, label: str, indent: int, item: ReviewItem, words: Words) -> Block:
    body = _computed(row, item, words) if row.is_computed else tuple(_pieces(row))
    lead = (Piece(label, "pane--label"),) if label else ()
    return Block(body, lead=lead, indent=indent, tail=_tail(row, words))


def _computed(row: Row, item: ReviewItem, words: Words) -> tuple[Piece, ...]:
    patient = getattr(item.instruction, "patient", None)
    weight = getattr(patient, "weight_kg", None)
    text = plain(row.parts[0].text)
    if weight is None:
        return (Piece(words("sheet.computed_plain", text=text)),)
    return (Piece(words("sheet.computed", text=text, weight=number_text(weight))),)


def _pieces(row: Row) -> Iterator[Piece]:
    strong = "pane--strong" if row.name == "question" else ""
    for number, part in enumerate(row.parts):
        if number:
            yield Piece(_JOINERS.get(part.name, " · "), "pane--faint")
        yield from _part_pieces(part, row.findings, strong)


def _part_pieces(part: Part, findings: tuple[Finding, ...], style: str) -> Iterator[Piece]:
    """The part's text with the worst finding's span set off."""
    text = plain(part.text)
    for finding in findings:
        if finding.path == part.path and finding.start is not None and finding.end is not None:
            start, end = max(finding.start - part.start, 0), max(finding.end - part.start, 0)
            yield Piece(text[:start], style)
            yield Piece(text[start:end], f"{_STYLES[finding.severity]}-span")
            yield Piece(text[end:], style)
            return
    yield Piece(text, style)


def _tail(row: Row, words: Words) -> tuple[Piece, ...]:
    mark = row.mark
    if mark is None:
        return ()
    numbers = ",".join(str(index + 1) for index in mark.evidence)
    style = "pane--good" if mark.kind in _CONFIRMED else "pane--warning" if row.findings else "pane--faint"
    return (Piece(words(f"mark.{mark.kind}", numbers=numbers), style),)


def finding_blocks(finding: Finding, words: Words, *, indent: int = 0) -> Iterator[Block]:
    """What a check says and what to do about it: in the reviewer's language where its code is known."""
    head = f"{SEVERITY_MARKS[finding.severity]} {words.reason(finding.reason)}"
    colon = "：" if words.language == "zh" else ": "
    advice = words.advice(finding.reason)
    said = Piece(plain(f"{colon}{advice or finding.detail}"))
    yield Block((Piece(plain(head), _STYLES[finding.severity]), said), indent=indent)
    if advice:
        yield Block((Piece(plain(finding.detail), "pane--faint"),), indent=indent + 2)


def _asked(flags: Sequence[Decision], words: Words, reader: str) -> Iterator[Block]:
    """`→ li 转交给你：请核对剂量`: who handed it over, to whom, and what to look at."""
    for flag in flags:
        key = "flag.to_you" if flag.colleague == reader else "flag.to_other" if flag.colleague else "flag.to_anyone"
        said = words(key, sender=flag.reviewer, colleague=flag.colleague)
        yield Block((Piece(plain(f"→ {said}"), "pane--warning"), Piece(plain(flag.note), "pane--strong")))
    if flags:
        yield Block((Piece(""),))


def _earlier(item: ReviewItem, decisions: Sequence[Decision], words: Words) -> Iterator[Block]:
    reasons = task_for(item.instruction).reject_reasons
    for number, decision in enumerate(decisions):
        if not number:
            yield Block((Piece(""),))
        reason = reasons[decision.reason][words.language] if decision.reason in reasons else decision.reason
        verdict = words(f"verdict.{decision.verdict}")
        said = " ".join(part for part in (reason, decision.note) if part)
        text = words("sheet.decided", reviewer=decision.reviewer, verdict=verdict, reason=said)
        yield Block((Piece(plain(text).rstrip(), "pane--faint"),))
