"""What the checks of `curate` cost: instructions a second for each alone, and for all on one process and on two.

Run `python -m benchmarks.checks`. The instructions are those that `ingest` drafts of the sample shelf by rule, read
out of a corpus as `curate` reads them, and answers of a few sentences in other words, as a model writes them (the
true ones of grounding_pairs.jsonl). They are judged several times over, and each time every text of a record and of
its origins is another: other digits and a mark at the end of each sentence, the same in answer, quote and source. So
quotes stand where they stood, and nothing that an earlier round left in a cache helps; within a round one quote
serves its instructions, as in a corpus. Drafts by rule mostly quote, a model paraphrases; both are held to the
target.

Seconds are CPU time but for two processes, which are timed by the clock. Reading rows and storing verdicts is not
counted here.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import grounding
from benchmarks.figures import Figure, report
from pedcorpus.corpus import current_sources, instruction_ids, load_instructions, origin_texts
from pedcorpus.curate import Check, Subject, checks
from pedcorpus.flow import generate, ingest
from pedcorpus.flow.workspace import ensure_workspace, open_corpus
from pedcorpus.records import Instruction, Status
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder

ALL_TOGETHER = 3000.0
"""Instructions a second on two cores."""
_ROUNDS = 3
_BATCH = 1000
_DIGITS = ("123456789", "231564897", "312645978", "456789123", "564897231", "645978312")
_MARKS = "甲乙丙丁戊己庚辛壬癸"
_RECORD = "task asker language generator parent origin origin_id source document license tier aspect basis role"
_KEPT = frozenset(f"{_RECORD} sex kind unit patient address".split())
"""Fields of the record's own words, and what other fields are worked out from."""


def main() -> int:
    """Prints the figures; 1 if a target was missed."""
    return report(_figures())


def _figures() -> Iterator[Figure]:
    for name, drafts in (("by rule", shelf_subjects()), ("by a model", model_subjects())):
        rounds = [[varied(subject, number) for subject in drafts] for number in range(_ROUNDS)]
        count = sum(map(len, rounds))
        costs = {check.name: _seconds([check], rounds) for check in checks()}
        for check, seconds in sorted(costs.items(), key=lambda item: -item[1]):
            yield Figure(f"{name}: {check} alone", count / seconds, ALL_TOGETHER / 2, 1, unit="1/s")
        fresh = [[varied(subject, number + _ROUNDS) for subject in drafts] for number in range(_ROUNDS)]
        together = _seconds(checks(), fresh)
        yield Figure(f"{name}: all on one core", count / together, ALL_TOGETHER / 2, 1, unit="1/s")
        by_clock, by_work = _on_two(drafts)
        yield Figure(f"{name}: all on two processes, by the clock", by_clock, ALL_TOGETHER, 1, unit="1/s")
        yield Figure(f"{name}: all on two processes, CPU time", by_work, ALL_TOGETHER, 1, unit="1/s")


def _seconds(active: Sequence[Check], rounds: Sequence[Sequence[Subject]]) -> float:
    """CPU seconds; ids are worked out before, since a corpus asks for them with or without checks."""
    assert all(subject.instruction.id for subjects in rounds for subject in subjects)
    gc.freeze()  # `curate` holds a portion at a time, and not all rounds for the collector to walk through
    atexit.register(gc.unfreeze)  # else what is frozen outlives the libraries that made it
    begun = time.process_time()
    for subjects in rounds:
        _judge(active, subjects)
    return time.process_time() - begun


def _judge(active: Sequence[Check], subjects: Sequence[Subject]) -> int:
    """Batch by batch, all checks on one batch, as `curate` does it."""
    parts = (subjects[start : start + _BATCH] for start in range(0, len(subjects), _BATCH))
    return sum(1 for part in parts for check in active for _ in check.verdicts(part))


def _on_two(drafts: Sequence[Subject]) -> tuple[float, float]:
    """Instructions a second of two processes that judge one half each, from when both are ready.

    By the clock, which counts what else the machine does, and by the CPU time of both as if each had a core.
    """
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(3)
    halves = (drafts[::2], drafts[1::2])
    spent = context.SimpleQueue()
    workers = [context.Process(target=_work, args=(half, ready, spent)) for half in halves]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    count = _ROUNDS * len(drafts)
    return count / (time.perf_counter() - begun), 2 * count / (spent.get() + spent.get())


def _work(half: Sequence[Subject], ready: Any, spent: Any) -> None:  # a barrier and a queue of multiprocessing
    rounds = [[varied(subject, 2 * _ROUNDS + number) for subject in half] for number in range(_ROUNDS)]
    assert all(subject.instruction.id for subjects in rounds for subject in subjects)
    ready.wait()
    spent.put(_seconds(checks(), rounds))


def shelf_subjects() -> list[Subject]:
    """What the rules draft of the sample shelf, with the texts of its evidence."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        ensure_workspace(workspace)
        ingest(workspace, [shipped_folder("sources")], jobs=1)
        generate(workspace)
        with open_corpus(workspace).unit(read_only=True) as unit:
            ids = instruction_ids(unit, list(Status))
            texts = origin_texts(unit, ids)
            return [
                Subject(instruction, _of(instruction, texts))
                for instruction in load_instructions(unit, ids, current_sources(unit))
            ]


def _of(instruction: Instruction, texts: dict[str, str]) -> dict[str, str]:
    ids = {item.origin_id for item in instruction.evidence}
    return {name: text for name, text in texts.items() if name.partition("#")[0] in ids}


def model_subjects() -> list[Subject]:
    """Each true answer of the pairs alone and all of them together, with quotes that stand in their origins."""
    made = []
    for half in ("dev", "held"):
        for source in grounding.sources(half):
            for answer in grounding.true_answers(source):
                one = grounding.instruction(source, answer)
                made.append(Subject(one, {item.origin_id: item.quote for item in one.evidence}))
    return made


def varied(subject: Subject, number: int) -> Subject:
    """The same with other digits, and a mark at the end of each sentence: quotes still stand where they stood."""
    table = str.maketrans("123456789", _DIGITS[number % len(_DIGITS)])
    mark = _MARKS[number // len(_MARKS)] + _MARKS[number % len(_MARKS)]
    body = _changed(subject.instruction.model_dump(exclude={"messages"}), table, mark)
    made = type(subject.instruction).model_validate(body).recomputed()
    return Subject(made, {name: _text(text, table, mark) for name, text in subject.origins.items()})


def _changed(value: Any, table: dict[int, int], mark: str) -> Any:  # what model_dump gives
    if isinstance(value, str):
        return _text(value, table, mark)
    if isinstance(value, float):
        return float(f"{value:g}".translate(table))
    if isinstance(value, dict):
        return {name: item if name in _KEPT else _changed(item, table, mark) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_changed(item, table, mark) for item in value)
    return value


def _text(text: str, table: dict[int, int], mark: str) -> str:
    return text.translate(table).replace("。", f"{mark}。").replace(". ", f" {mark}. ")


if __name__ == "__main__":
    sys.exit(main())
