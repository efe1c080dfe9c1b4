"""Export of decisions: what was decided as JSON Lines, or the records for reviewers who work with another tool.

Files appear whole or not at all, and none is replaced unless that is asked for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from pedcorpus.corpus import (
    Corpus,
    Unit,
    current_sources,
    decision_page,
    findings_by_instruction,
    histories,
    instruction_ids,
    load_instructions,
    statuses,
)
from pedcorpus.errors import UsageError
from pedcorpus.flow.decision_files import DecisionFormat
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Decision, Severity, Status
from pedcorpus.review import readers_of, standing_decisions
from pedcorpus.review.exchange import ExchangedItem, argilla, decision_line, label_studio
from pedcorpus.settings import OverlapSettings, Workspace

__all__ = ["ExportedDecisions", "export_decisions"]

_PAGE = 2_000
_WAITING = (Status.DRAFT, Status.CANDIDATE, Status.PENDING)
_DECIDED = (Status.ACCEPTED, Status.REJECTED)


@dataclass(frozen=True)
class ExportedDecisions:
    """What was written where."""

    format: DecisionFormat
    files: tuple[Path, ...]
    rows: int
    """Decisions in JSON Lines, records in the other formats."""


def export_decisions(
    workspace: Workspace,
    path: Path,
    *,
    form: DecisionFormat = DecisionFormat.JSONL,
    waiting: bool = False,
    overwrite: bool = False,
) -> ExportedDecisions:
    """Write decisions, or the records that they are or will be about, to `path`; for Argilla it is a folder.

    `waiting` leaves out records that are decided; JSON Lines have no others. What was said of a record that several
    read blind is not in the other tools' files until it is decided.

    Raises:
        UsageError: a file is there already, or cannot be written; or `waiting` with JSON Lines.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    if form is DecisionFormat.JSONL and waiting:
        raise UsageError("what waits has no decisions; --waiting is for --format argilla or label-studio")
    files = _files_of(path, form)
    _refuse_existing(files, corpus, overwrite=overwrite)
    if form is DecisionFormat.JSONL:
        return ExportedDecisions(form, tuple(files), _write(path, _decision_lines(corpus)))
    for file, text in zip(files[1:], _companions(path, form, workspace.settings.language), strict=True):
        _write(file, [text])
    make: Callable[[ExchangedItem], object] = argilla.record if form is DecisionFormat.ARGILLA else label_studio.task
    standing = _WAITING if waiting else (*_WAITING, *_DECIDED)
    rows = (json.dumps(make(item)) for item in _items(corpus, standing, workspace.settings.review.overlap))
    return ExportedDecisions(form, tuple(files), _write(files[0], rows, is_array=True))


def _files_of(path: Path, form: DecisionFormat) -> list[Path]:
    """The file of decisions or records first."""
    if form is DecisionFormat.ARGILLA:
        return [path / "records.json", path / ".argilla" / "dataset.json", path / ".argilla" / "settings.json"]
    return [path] if form is DecisionFormat.JSONL else [path, path.with_suffix(".xml")]


def _companions(path: Path, form: DecisionFormat, language: Literal["zh", "en"]) -> list[str]:
    """What stands in the files beside the records, in their order."""
    if form is DecisionFormat.ARGILLA:
        return [json.dumps(argilla.dataset_model(path.resolve().name)), json.dumps(argilla.settings(language))]
    return [label_studio.labelling_config(language)]


def _refuse_existing(files: Sequence[Path], corpus: Corpus, *, overwrite: bool) -> None:
    if len(set(files)) < len(files):
        raise UsageError(f"{files[0]} is where the labelling configuration goes; name the tasks' file .json")
    there = [str(file) for file in files if file.exists()]
    if any(file.resolve() == corpus.path.resolve() for file in files):
        raise UsageError(f"{corpus.path} is the corpus itself; choose another name")
    if there and not overwrite:
        raise UsageError(f"{there[0]} is there already; choose another name, or pass --overwrite")


def _write(path: Path, rows: Iterable[str], *, is_array: bool = False) -> int:
    """Write `rows` one a line, or as a JSON array of them; how many."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as out:
            written = _write_rows(out, rows, is_array=is_array)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; choose another place") from error
    finally:
        with suppress(OSError):  # it is gone already where all went well
            part.unlink()
    return written


def _write_rows(out: TextIO, rows: Iterable[str], *, is_array: bool) -> int:
    written = 0
    out.write("[\n" if is_array else "")
    for written, row in enumerate(rows, 1):
        out.write(",\n" if is_array and written > 1 else "")
        out.write(row)
        out.write("" if is_array or row.endswith("\n") else "\n")
    out.write("\n]\n" if is_array else "")
    return written


def _decision_lines(corpus: Corpus) -> Iterator[str]:
    last = 0
    while True:
        with corpus.unit(read_only=True) as unit:
            page = decision_page(unit, last, limit=_PAGE)
            ids = {name for _, decision in page for name in (decision.instruction, decision.edited) if name}
            records = {item.id: item for item in load_instructions(unit, sorted(ids), current_sources(unit))}
        if not page:
            return
        last = page[-1][0]
        for _, decision in page:
            yield decision_line(decision, records.get(decision.instruction), records.get(decision.edited or ""))


def _items(corpus: Corpus, standing: tuple[Status, ...], overlap: OverlapSettings) -> Iterator[ExchangedItem]:
    with corpus.unit(read_only=True) as unit:
        ids = instruction_ids(unit, standing)
    for start in range(0, len(ids), _PAGE):
        with corpus.unit(read_only=True) as unit:
            page = list(_page(unit, ids[start : start + _PAGE], overlap))
        yield from page


def _page(unit: Unit, ids: list[str], overlap: OverlapSettings) -> Iterator[ExchangedItem]:
    sources = current_sources(unit)
    titles = {name: source.title for name, source in sources.items()}
    found, said, stands = findings_by_instruction(unit, ids), histories(unit, ids), statuses(unit, ids)
    for instruction in load_instructions(unit, ids, sources):
        is_blind = stands[instruction.id] in _WAITING and readers_of(instruction.id, overlap) > 1
        is_blind = is_blind or stands[instruction.id] is Status.PENDING
        decisions = () if is_blind else _shown(said.get(instruction.id, []))
        yield ExchangedItem(
            instruction=instruction,
            status=stands[instruction.id],
            findings=tuple(sorted(found.get(instruction.id, []), key=lambda item: item.severity is not Severity.ERROR)),
            decision=decisions[-1] if decisions else None,
            titles=titles,
        )


def _shown(decisions: Sequence[Decision]) -> list[Decision]:
    """What stands, answers to calibration items left out: they decide nothing."""
    return [each for each in standing_decisions(decisions) if each.acceptance != "calibration"]
