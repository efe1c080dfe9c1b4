"""Build: ingest, draft and check in one go, the road from a folder of texts to a review queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.engine import Engine
from pedcorpus.flow.curate import CurateReport, curate
from pedcorpus.flow.generate import GenerateReport, generate
from pedcorpus.flow.ingest import IngestReport, ingest
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.records import Failure, SourceKind
from pedcorpus.settings import Workspace

__all__ = ["BuildReport", "build"]


@dataclass(frozen=True)
class BuildReport:
    """What each step did."""

    ingested: IngestReport
    generated: GenerateReport
    curated: CurateReport

    @property
    def failures(self) -> list[Failure]:
        """What could not be used, in the order in which it was met."""
        return [*self.ingested.failures, *self.generated.failures]


def build(
    workspace: Workspace,
    places: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    jobs: int | None = None,
    engine: Engine | None = None,
    progress: Progress = NO_PROGRESS,
) -> BuildReport:
    """Read `places`, draft instructions by rule from what is new, and check the drafts.

    Raises:
        UsageError: a place does not exist or holds no file.
        CorpusError: the corpus cannot be used.
    """
    return BuildReport(
        ingested=ingest(workspace, places, kind=kind, jobs=jobs, engine=engine, progress=progress),
        generated=generate(workspace, engine=engine, progress=progress),
        curated=curate(workspace, engine=engine, progress=progress),
    )
