"""The steps joined to the corpus, in the order of the work: the table of contents of the product."""

from pedcorpus.flow.browse import ShelfPassage, ShelfTriple, list_passages, list_sources
from pedcorpus.flow.build import BuildReport, build
from pedcorpus.flow.curate import CurateReport, curate
from pedcorpus.flow.desk import CorpusDesk, accept_all, open_desk
from pedcorpus.flow.export import export
from pedcorpus.flow.generate import GenerateReport, generate
from pedcorpus.flow.ingest import IngestReport, ingest
from pedcorpus.flow.ingest_plan import PlannedFile, plan_ingest
from pedcorpus.flow.progress import NO_PROGRESS, Progress, Stage
from pedcorpus.flow.prompts import prompt_for
from pedcorpus.flow.show import page_image, show
from pedcorpus.flow.status import CorpusStatus, SourceCounts, corpus_status
from pedcorpus.flow.workspace import init_workspace

__all__ = [
    "NO_PROGRESS",
    "BuildReport",
    "CorpusDesk",
    "CorpusStatus",
    "CurateReport",
    "GenerateReport",
    "IngestReport",
    "PlannedFile",
    "Progress",
    "ShelfPassage",
    "ShelfTriple",
    "SourceCounts",
    "Stage",
    "accept_all",
    "build",
    "corpus_status",
    "curate",
    "export",
    "generate",
    "ingest",
    "init_workspace",
    "list_passages",
    "list_sources",
    "open_desk",
    "page_image",
    "plan_ingest",
    "prompt_for",
    "show",
]
