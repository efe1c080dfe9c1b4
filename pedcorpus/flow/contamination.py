"""Contamination: the declared evaluation sets and one's own test split, held against what may be trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from pedcorpus.corpus import (
    Corpus,
    Unit,
    VerdictsOfRun,
    clusters,
    current_sources,
    exported_ids,
    finding_table,
    found_in,
    instruction_ids,
    known_checks,
    load_instructions,
    to_check,
    version_before,
)
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.contamination import (
    Columns,
    ContaminationCheck,
    Item,
    ItemIndex,
    Row,
    Thresholds,
    overlap_of,
    row_of,
)
from pedcorpus.engine import batches
from pedcorpus.errors import UsageError
from pedcorpus.export import Conversations, told_overlaps
from pedcorpus.flow.evaluation_files import LoadedSet, read_set
from pedcorpus.flow.judging import Judged
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import EvaluationSet, Instruction, Overlap, Status, canonical_json
from pedcorpus.settings import ContaminationSettings, EvaluationSetSettings, Workspace
from pedcorpus.tasks import task_of

__all__ = ["OWN_TEST", "Evaluation", "contamination", "judge_contamination", "load_evaluation"]

OWN_TEST = "own-test"
"""Name of the set that is the test split of an exported version."""
_BATCH = 2000
_COMPARED = (Status.DRAFT, Status.CANDIDATE, Status.PENDING, Status.ACCEPTED, Status.DUPLICATE)


@dataclass(frozen=True)
class Evaluation:
    """Evaluation sets as they were read, indexed; an `export.OverlapFinder`."""

    sets: tuple[EvaluationSet, ...]
    index: ItemIndex
    settings: ContaminationSettings
    digest: str
    """Of the sets' content, their columns, and what they are compared by."""

    @property
    def compared_by(self) -> dict[str, float]:
        names = ("ngram_chars", "warning_share", "error_share", "run_chars")
        return {name: getattr(self.settings, name) for name in names}

    @property
    def check(self) -> ContaminationCheck:
        """The check whose findings are stored."""
        setting = f"{self.settings.ngram_chars}-{self.digest}" if self.sets else "none"
        return ContaminationCheck(self.index, setting, self.settings.error_share)

    def of_rows(self, instructions: Sequence[Instruction]) -> list[Overlap]:
        """What instructions hold of the items, by row, set and item."""
        return self._of(map(row_of, instructions), {each.id: each.task for each in instructions})

    def of_conversations(self, rows: Conversations) -> list[Overlap]:
        """What conversations hold of them, by row, set and item."""
        spoken = zip(rows.ids, rows.asked, rows.answered, rows.topics, strict=True)
        return self._of((Row(*each) for each in spoken), dict(zip(rows.ids, rows.tasks, strict=True)))

    def _of(self, rows: Iterable[Row], tasks: Mapping[str, str]) -> list[Overlap]:
        searched = self.index.search(rows)
        found = [overlap_of(match, row, task=tasks[row.id]) for row, matches in searched for match in matches]
        return sorted(found, key=lambda each: (each.row, each.set, -each.score, each.item))

    def of_texts(self, texts: Iterable[str]) -> list[Overlap]:
        """What plain texts hold of them, by the number of the text."""
        rows = (Row(f"train {number}", text) for number, text in enumerate(texts, 1))
        return [overlap_of(match, row, task="cpt") for row, matches in self.index.search(rows) for match in matches]


def contamination(
    workspace: Workspace,
    paths: Sequence[EvaluationSetSettings] = (),
    *,
    progress: Progress = NO_PROGRESS,
) -> dict[str, Any]:  # JSON values
    """Hold everything that stands against the sets at `paths`, else against the declared ones and the own test split.

    Findings are stored for the latter only. The report is that of an export.

    Raises:
        UsageError: a set cannot be read, or there is none.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    if not paths:
        judge_contamination(workspace, corpus, progress=progress)
    with corpus.unit(read_only=True) as unit:
        evaluation = load_evaluation(workspace, unit, paths=paths)
        if not evaluation.sets:
            raise UsageError(
                f"{workspace.settings_path}: no evaluation set is declared; name a file, as `pedcorpus contamination "
                "CMExam.csv`, or declare it under [[curate.contamination.sets]]"
            )
        ids = instruction_ids(unit, _COMPARED)
        sources = current_sources(unit)
        with progress.stage("compare", len(ids)) as stage:
            found: list[Overlap] = []
            for batch in batches(ids, _BATCH):
                found += evaluation.of_rows(list(load_instructions(unit, batch, sources)))
                stage.advance(len(batch))
    return told_overlaps(evaluation.sets, evaluation.compared_by, found, rows=len(ids), texts=0)


def judge_contamination(
    workspace: Workspace, corpus: Corpus, *, progress: Progress = NO_PROGRESS
) -> tuple[int, Counter[tuple[str, str, str]]]:
    """Run the check on what it has not judged by these sets; how many it judged, and what it said how often.

    Where there is no set, nothing is judged, and findings of sets that are gone are taken back.

    Raises:
        UsageError: a set cannot be read.
    """
    said: Counter[tuple[str, str, str]] = Counter()
    if ContaminationCheck.name in workspace.settings.curate.disabled_checks:
        return 0, said
    with corpus.unit(read_only=True) as unit:
        evaluation = load_evaluation(workspace, unit)
        if not evaluation.sets and not _was_found(unit):
            return 0, said
        check = evaluation.check
        ids = to_check(unit, check_id(check))
        sources, verdicts = current_sources(unit), VerdictsOfRun(unit)
    with progress.stage("contamination", len(ids)) as stage:
        for batch in batches(ids, _BATCH):
            with corpus.unit() as unit:
                subjects = [Subject(instruction, {}) for instruction in load_instructions(unit, batch, sources)]
                judged = Judged(len(batch), verdicts.add(unit, finding_table(check.verdicts(subjects))))
            said.update(judged.said())
            stage.advance(judged.instructions)
    return len(ids), said


def _was_found(unit: Unit) -> bool:
    """Does a finding of the check stand?"""
    name = ContaminationCheck.name
    return name in known_checks(unit) and bool(found_in(unit, check=name, limit=1))


def load_evaluation(
    workspace: Workspace, unit: Unit, *, paths: Sequence[EvaluationSetSettings] = (), version: str = ""
) -> Evaluation:
    """The sets at `paths`, else the declared ones and the test split of the version exported before `version`.

    Without a `version` it is the latest one, and rows on a topic of its test split are not compared with it: splits
    keep a topic together, so that the next version holds them out too.

    Raises:
        UsageError: a set cannot be read, or two have the same name.
    """
    settings = workspace.settings.curate.contamination
    declared = paths or settings.sets
    names = Counter([OWN_TEST, *(each.name for each in declared)])
    if twice := sorted(name for name, count in names.items() if count > 1):
        raise UsageError(f"evaluation sets: the name {', '.join(twice)} is taken twice; give each set its own")
    root = Path() if paths else workspace.root
    loaded = [read_set(each, root=root) for each in declared]
    before = version_before(unit, version) if settings.own_test and not paths else None
    if before and (own := _own_test(unit, before, by_topic=not version)):
        loaded.append(own)
    return _indexed(loaded, settings)


def _indexed(loaded: Sequence[LoadedSet], settings: ContaminationSettings) -> Evaluation:
    thresholds = Thresholds(settings.ngram_chars, settings.warning_share, settings.run_chars)
    index = ItemIndex(chain.from_iterable(each.items for each in loaded), thresholds)
    lacking = index.not_comparable
    sets = tuple(
        each.described.model_copy(
            update={"repeated": index.repeated[each.described.name], "not_comparable": lacking[each.described.name]}
        )
        for each in loaded
    )
    compared = settings.model_dump(mode="json", exclude={"sets", "own_test"})
    content = [[each.described.model_dump(mode="json"), vars(each.columns)] for each in loaded]
    digest = sha256(canonical_json([compared, content]).encode()).hexdigest()[:12]
    return Evaluation(sets, index, settings, digest)


def _own_test(unit: Unit, version: str, *, by_topic: bool) -> LoadedSet | None:
    """The rows held out by an exported version; none where it held out none."""
    ids = exported_ids(unit, version, "test")
    if not ids:
        return None
    of = clusters(unit)
    members: dict[str, set[str]] = {of[name]: set() for name in ids if name in of}
    for name, cluster in of.items():
        if cluster in members:
            members[cluster].add(name)
    items = tuple(
        _own_item(instruction, members.get(of.get(instruction.id, ""), set()), by_topic=by_topic)
        for instruction in load_instructions(unit, ids, current_sources(unit))
    )
    digest = sha256("\n".join(ids).encode()).hexdigest()
    return LoadedSet(EvaluationSet(name=OWN_TEST, file=version, sha256=digest, items=len(items)), items, Columns())


def _own_item(instruction: Instruction, twins: set[str], *, by_topic: bool) -> Item:
    """Without the task's fixed safety line, which all answers may share."""
    row = row_of(instruction)
    line = task_of(instruction.task).safety_lines.get(instruction.language, "")
    answer = row.answered.replace(line, "") if line else row.answered
    kin = frozenset({instruction.id, *twins})
    topic = instruction.topic if by_topic else ""
    return Item(OWN_TEST, instruction.id, row.asked, (), answer, topic=topic, kin=kin)
