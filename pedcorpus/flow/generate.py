"""Generate: passages and triples → drafts, by rule; a document is not drafted twice with the same rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pydantic import ValidationError

from pedcorpus.corpus import (
    Corpus,
    StoredDocument,
    add_failures,
    add_instructions,
    current_documents,
    mark_generated,
    was_generated,
)
from pedcorpus.curate.privacy import privacy_recipe
from pedcorpus.engine import Engine, batches
from pedcorpus.flow.engines import engine_of
from pedcorpus.flow.material import materials
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import Material, draft_instructions
from pedcorpus.plugins import load_plugins
from pedcorpus.records import Failure, Instruction, canonical_json, content_id
from pedcorpus.settings import GenerateSettings, PrivacySettings, Workspace

__all__ = ["GenerateReport", "generate"]

_COMMIT = 400  # drafts stored at once: reviewers at the same corpus hardly wait
_FEW_DOCUMENTS = 8  # below this, starting processes takes longer than drafting


@dataclass
class GenerateReport:
    """What a run of the rules made."""

    drafted_documents: int = 0
    new_instructions: Counter[str] = field(default_factory=Counter)
    """By task."""
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class _Job:
    stored: StoredDocument
    material: Material
    settings: GenerateSettings


def generate(workspace: Workspace, *, engine: Engine | None = None, progress: Progress = NO_PROGRESS) -> GenerateReport:
    """Draft instructions from every current document that these rules have not seen; `engine` none takes the setting.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    engine = engine or engine_of(workspace)
    corpus = open_corpus(workspace)
    settings = workspace.settings.generate
    privacy = workspace.settings.curate.privacy
    recipe = _recipe(settings, privacy)
    with corpus.unit(read_only=True) as unit:
        pending = [
            stored
            for stored in current_documents(unit)
            if not stored.is_excerpt and not was_generated(unit, recipe=recipe, **_revision(stored))
        ]
    jobs = (_Job(stored, material, settings) for stored, material in materials(corpus, privacy, pending))
    if len(pending) < _FEW_DOCUMENTS:
        engine = engine.for_little()
    report = GenerateReport()
    with progress.stage("generate", len(pending)) as stage:
        for job, outcome in engine.map_unordered(_draft, jobs):
            _store(corpus, job.stored, outcome, recipe, report)
            stage.advance()
    return report


def _recipe(settings: GenerateSettings, privacy: PrivacySettings) -> str:
    """Hash of all that decides which drafts a document gives."""
    versions = [f"{name}@{generator.version}" for name, generator in load_plugins("generators").items()]
    return content_id("recipe", *versions, privacy_recipe(privacy), canonical_json(settings.model_dump(mode="json")))


def _revision(stored: StoredDocument) -> dict[str, str]:
    return {"document": stored.document.id, "reading": stored.reading, "source": stored.document.source}


def _draft(job: _Job) -> list[Instruction] | Failure:
    """Drafts of one document, or why a rule failed on it. Runs in any process."""
    document = job.material.document
    try:
        return list(draft_instructions(job.material, job.settings))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return Failure(
            stage="generate",
            where=document.path,
            source=document.source,
            path=document.path,
            reason="invalid_draft",
            detail=f"{error.title}.{'.'.join(map(str, first['loc']))}: {first['msg']}; report this document",
            fingerprint=document.id,
        )


def _store(
    corpus: Corpus, stored: StoredDocument, outcome: list[Instruction] | Failure, recipe: str, report: GenerateReport
) -> None:
    if isinstance(outcome, Failure):
        with corpus.unit() as unit:
            add_failures(unit, [outcome])
        report.failures.append(outcome)
        return
    # a run that ends in between drafts the document again, and adds what is not there yet
    portions = list(batches(outcome, _COMMIT)) or [[]]
    for portion in portions:
        with corpus.unit() as unit:
            report.new_instructions.update(add_instructions(unit, portion))
            if portion is portions[-1]:
                mark_generated(unit, recipe=recipe, drafts=len(outcome), **_revision(stored))
    report.drafted_documents += 1
