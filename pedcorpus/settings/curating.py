"""Settings of the checks: thresholds, tables, evaluation sets, duplicates, privacy."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, NonNegativeInt

from pedcorpus.records import IdentifierKind
from pedcorpus.settings.section import Section

__all__ = [
    "ContaminationSettings",
    "CurateSettings",
    "DuplicateSettings",
    "EmbeddingSettings",
    "EvaluationSetSettings",
    "PrivacySettings",
]


class PrivacySettings(Section):
    """What tells who somebody is: replaced in consultations and data sets, an error in instructions."""

    off: tuple[IdentifierKind, ...] = ()
    """Kinds that are let through: person, phone, id_card, record_number, bank_card, plate, email, account, birth_date,
    address, institution."""
    least_confidence: float = Field(default=0.6, ge=0, le=1)
    """What a recogniser is less sure of is let through; at 0.5 a misprinted identity card is found without its cue."""


class EvaluationSetSettings(Section):
    """A set of questions that a model is to be evaluated on: no training row may hold one of them."""

    name: str = Field(pattern=r"^[\w][\w.-]{0,79}$")
    """What reports call it."""
    path: str = Field(min_length=1)
    """Its JSON, JSON Lines, CSV, TSV or Parquet file; a relative one starts in the workspace."""
    question: str = ""
    """Column of the question; where it is empty, columns are recognised by their names."""
    options: tuple[str, ...] = ()
    """Column of all options, or the column of each."""
    answer: str = ""
    """Column of the answer."""
    id: str = ""
    """Column of the item's id."""


class ContaminationSettings(Section):
    """Evaluation sets, each a table of its own: `[[curate.contamination.sets]]` with `name` and `path`."""

    ngram_chars: int = Field(default=13, ge=6, le=50)
    """Characters of a common run that counts, folded."""
    warning_share: float = Field(default=0.5, gt=0, le=1)
    """A row that holds this share of an item's question, options or answer is a warning."""
    error_share: float = Field(default=0.8, gt=0, le=1)
    """A row that holds this share is an error."""
    run_chars: int = Field(default=50, ge=13)
    """A common run of so many characters is a warning, whatever its share."""
    own_test: bool = True
    """Is the test split of the version exported last a set, too?"""
    sets: tuple[EvaluationSetSettings, ...] = ()
    """The sets: name, path, and where they are not recognised the columns question, options, answer, id."""


def _is_ordered(bounds: tuple[int, int]) -> tuple[int, int]:
    if bounds[0] > bounds[1]:
        raise ValueError(f"least {bounds[0]} is above most {bounds[1]}; exchange them")
    return bounds


WordBounds = Annotated[tuple[NonNegativeInt, NonNegativeInt], AfterValidator(_is_ordered)]


class EmbeddingSettings(Section):
    """The embedding model that finds what says the same in other words; without one, nothing is embedded."""

    model: str = ""
    """Folder of a sentence-transformers model (the [embed] extra; never downloaded), or its name at `base_url`."""
    base_url: str = ""
    """Where a server with OpenAI's embeddings is, as http://127.0.0.1:8080/v1; empty takes `model` as a folder."""
    key_variable: str = "OPENAI_API_KEY"
    """Environment variable that holds the key; the key itself is never written anywhere."""
    concurrency: int = Field(default=8, ge=1, le=1024)
    """Requests in flight at most."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Seconds that one request may take."""
    texts_per_request: int = Field(default=32, ge=1, le=2048)
    """Texts of one request."""
    input_price: float = Field(default=0.0, ge=0)
    """Price of a million tokens, in any currency."""
    max_cost: float = Field(default=0.0, ge=0)
    """A run stops before it costs more; 0 sets no cap."""
    threshold: float = Field(default=0.92, gt=0, le=1)
    """Rows are alike from this cosine on; models differ: read the histogram of `pedcorpus diversity` first."""


class DuplicateSettings(Section):
    """When two instructions are one, and which are alike."""

    near: float = Field(default=0.8, ge=0.5, le=1)
    """Least Jaccard similarity of the character n-grams of two questions, and of their answers, that are near."""
    ngram: int = Field(default=3, ge=1, le=8)
    """Characters of an n-gram; fewer find shorter texts that differ in a word."""
    released: tuple[str, ...] = ()
    """Folders of earlier exports, as of another corpus: what is like one of their rows is a duplicate of it."""


class CurateSettings(Section):
    """Checking drafts."""

    disabled_checks: tuple[str, ...] = ()
    """Names of checks that do not run."""
    ocr_confidence: float = Field(default=0.9, ge=0, le=1)
    """A line that OCR read less surely is a finding, an error where it holds a number."""
    formulary: str = ""
    """Path of a TOML table of doses and ages to check against, a hospital's own; empty takes the one that ships."""
    medical_tables: str = ""
    """Folder with a hospital's own vitals.toml, sexes.toml, vaccines.toml or red_flags.toml; what it lacks is the
    shipped one."""
    growth_z: float = Field(default=6.0, ge=3, le=20)
    """Standard deviations from the median for age and sex beyond which a weight or height is a finding."""
    repeated_share: float = Field(default=0.5, gt=0, le=1)
    """An answer of which more than this share repeats itself is an error: it turns in circles."""
    lengths: dict[str, WordBounds] = Field(default={})
    """Least and most words of a task's answers, each Chinese character one, beyond which a reviewer is told:
    `medkqa` at `[4, 300]` in the table `[curate.lengths]`; a task that is not there keeps its own."""
    embeddings: EmbeddingSettings = EmbeddingSettings()
    """The embedding model."""
    duplicates: DuplicateSettings = DuplicateSettings()
    """When two instructions are one, and which are alike."""
    privacy: PrivacySettings = PrivacySettings()
    """What tells who somebody is."""
    contamination: ContaminationSettings = ContaminationSettings()
    """Evaluation sets that no training row may hold."""
