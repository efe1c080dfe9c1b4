"""The workspace: its folder, its settings file `pedcorpus.toml`, and where everything in it lies.

Values come from the defaults below, then `pedcorpus.toml`, then the environment
(`PEDCORPUS_GENERATE__SEED=7` sets `generate.seed`), the later over the earlier.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pedcorpus.errors import SettingsError
from pedcorpus.limits import Limits
from pedcorpus.records import Domain, IdentifierKind

__all__ = [
    "ContaminationSettings",
    "CurateSettings",
    "DuplicateSettings",
    "EmbeddingSettings",
    "EngineSettings",
    "EvaluationSetSettings",
    "ExportSettings",
    "GenerateSettings",
    "IngestSettings",
    "LlmSettings",
    "PrivacySettings",
    "ReviewSettings",
    "Settings",
    "WeakLlmSettings",
    "Workspace",
    "nearest_key",
    "settings_template",
]

SETTINGS_FILE = "pedcorpus.toml"
WORKSPACE_VARIABLE = "PEDCORPUS_WORKSPACE"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class EngineSettings(_Section):
    """Where files are read, drafts are made by rule and checks run."""

    kind: Literal["processes", "ray"] = "processes"
    """Processes of this machine, as many as ingest.jobs says, or Ray Data (the [ray] extra), with the same results."""
    address: str = ""
    """Ray cluster to run on, as host:port, or auto for the one this machine is part of; empty starts one here."""


class IngestSettings(_Section):
    """Reading files."""

    jobs: int = Field(default=0, ge=0)
    """Processes that read files, and the pages of a long PDF, side by side; 0 takes one for each processor."""
    ocr: Literal["auto", "off", "rapidocr", "tesseract"] = "auto"
    """What reads pages without a sound text layer; auto takes rapidocr (the [ocr] extra), else tesseract."""
    ocr_dpi: int = Field(default=200, ge=72, le=600)
    """Dots per inch at which such a page is drawn for it; more costs time and seldom helps."""
    originals: Literal["copy", "link", "none"] = "copy"
    """Keep a copy of each file, a hard link to it, or nothing: pages are shown from the kept file."""
    paediatric_threshold: float = Field(default=0.5, ge=0, le=1)
    """Score from which a consultation or a data set's row counts as paediatric; lower finds more, and more wrongly."""
    limits: Limits = Limits()
    """What one file may cost."""


class GenerateSettings(_Section):
    """Making drafts, by rule and with a language model."""

    seed: int = 0
    """Chooses phrasings, askers and scenes; the same seed makes the same drafts."""
    questions_per_aspect: int = Field(default=2, ge=1, le=8)
    """Phrasings of one aspect of one disease."""
    cases_per_disease: int = Field(default=2, ge=1, le=20)
    """Diagnostic cases, and treatment cases, of one disease."""
    max_answer_chars: int = Field(default=400, ge=50)
    """A longer passage is split by aspect or left out: an answer is not a dump."""
    assistant_name: str = "PediatricsGPT"
    """The assistant's name, in place of `{{name}}` in self-cognition rows."""
    assistant_author: str = "the pedcorpus team"
    """Who made the assistant, in place of `{{author}}`."""
    instructions_per_fragment: int = Field(default=10, ge=1, le=50)
    """Instructions that one request asks a model for; a fragment that says little is asked for fewer."""
    fragment_tokens: int = Field(default=1200, ge=100, le=8000)
    """Estimated tokens of source text in one request at most; a longer section is split between its parts."""
    fragment_min_tokens: int = Field(default=120, ge=1)
    """Neighbouring parts of one section share a fragment until it has about this many estimated tokens."""
    reply_tokens_per_instruction: int = Field(default=400, ge=50)
    """Room for each instruction in a model's reply; a reply that runs out of it is a failure."""
    prompt_language: Literal["source", "zh", "en"] = "source"
    """Language in which a model is told what to write, and in which it writes; the source's own by default."""
    consultation_domains: tuple[Domain, ...] = (Domain.PAEDIATRIC,)
    """Real consultations about these are regularised: paediatric, general_medical, general, other."""
    reconstruction_domains: tuple[Domain, ...] = (Domain.PAEDIATRIC, Domain.GENERAL_MEDICAL)
    """Medical rows of data sets about these are judged and, where they need it, rebuilt."""


class WeakLlmSettings(_Section):
    """The weak model whose answers are rejected in preference pairs; its server may be a local one."""

    base_url: str = ""
    """Where the server is; empty takes that of the strong model."""
    model: str = ""
    """Name of the model as the server knows it; without one, no pairs are made with a model."""
    key_variable: str = "OPENAI_API_KEY"
    """Environment variable that holds its key."""
    concurrency: int = Field(default=16, ge=1, le=1024)
    """Requests in flight at most."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Seconds that one request may take."""
    input_price: float = Field(default=0.0, ge=0)
    """Price of a million prompt tokens, in the currency of the strong model's prices."""
    output_price: float = Field(default=0.0, ge=0)
    """Price of a million completion tokens."""
    max_tokens: int = Field(default=512, ge=1)
    """Room for its answer; a reply that runs out of it is a failure."""


class LlmSettings(_Section):
    """The language model that writes drafts: any server that speaks OpenAI's chat completions."""

    base_url: str = "http://127.0.0.1:8080/v1"
    """Where the server is; `pedcorpus llm serve-local` starts one at the default."""
    model: str = ""
    """Name of the model as the server knows it."""
    key_variable: str = "OPENAI_API_KEY"
    """Environment variable that holds the key; the key itself is never written anywhere."""
    concurrency: int = Field(default=16, ge=1, le=1024)
    """Requests in flight at most."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Seconds that one request may take."""
    input_price: float = Field(default=0.0, ge=0)
    """Price of a million prompt tokens, in any currency."""
    output_price: float = Field(default=0.0, ge=0)
    """Price of a million completion tokens."""
    max_cost: float = Field(default=0.0, ge=0)
    """A run stops before it costs more; 0 sets no cap."""
    max_requests: int = Field(default=0, ge=0)
    """A run stops after so many requests; 0 sets no cap."""
    weak: WeakLlmSettings = WeakLlmSettings()
    """The weak model of preference pairs."""


class PrivacySettings(_Section):
    """What tells who somebody is: replaced in consultations and data sets, an error in instructions."""

    off: tuple[IdentifierKind, ...] = ()
    """Kinds that are let through: person, phone, id_card, record_number, bank_card, plate, email, account, birth_date,
    address, institution."""
    least_confidence: float = Field(default=0.6, ge=0, le=1)
    """What a recogniser is less sure of is let through; at 0.5 a misprinted identity card is found without its cue."""


class EvaluationSetSettings(_Section):
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


class ContaminationSettings(_Section):
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


class EmbeddingSettings(_Section):
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


class DuplicateSettings(_Section):
    """When two instructions are one, and which are alike."""

    near: float = Field(default=0.8, ge=0.5, le=1)
    """Least Jaccard similarity of the character n-grams of two questions, and of their answers, that are near."""
    ngram: int = Field(default=3, ge=1, le=8)
    """Characters of an n-gram; fewer find shorter texts that differ in a word."""
    released: tuple[str, ...] = ()
    """Folders of earlier exports, as of another corpus: what is like one of their rows is a duplicate of it."""


class CurateSettings(_Section):
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


class SamplingSettings(_Section):
    """Acceptance by sampling of rows alike in source, task and generator (docs/review-plan.md)."""

    enabled: bool = False
    """Whether `pedcorpus review plan --apply` may accept rows, and whether the queue asks for samples first."""
    limit: float = Field(default=0.02, gt=0, lt=1)
    """Share of rows rejected or edited that no accepted stratum may reach."""
    confidence: float = Field(default=0.95, ge=0.5, lt=1)
    """How surely a stratum that reaches it does not pass."""
    allowed_defects: int = Field(default=3, ge=0, le=50)
    """Defects in a sample after which the whole stratum is reviewed; more ask for larger samples from the first on."""
    always_review: Literal["warning", "error"] = "warning"
    """Rows with a finding as bad as this are reviewed one by one, whatever the sample says."""
    seed: str = "pedcorpus"
    """Salt of the hash that draws the samples."""


class ReviewSettings(_Section):
    """The reviewers' screen."""

    reviewer: str = ""
    """Name under which decisions are stored; empty takes the login name."""
    plan: SamplingSettings = SamplingSettings()
    """Acceptance by sampling."""


class ExportSettings(_Section):
    """What an export holds."""

    validation_share: float = Field(default=0.1, ge=0, lt=0.5)
    """Share of source sections that go to validation."""
    test_share: float = Field(default=0.1, ge=0, lt=0.5)
    """Share of source sections that go to the held-out test split."""
    split_seed: str = "pedcorpus"
    """Salt of the hash that assigns a section to a split."""
    cpt_instruction_share: float = Field(default=0.3, ge=0, le=0.9)
    """At most this share of rows in the pre-training view are instructions rendered as completion text."""
    cpt_passage_chars: int = Field(default=1000, ge=100)
    """Passages that follow one another in a section share a row of the pre-training view up to this length."""


class Settings(BaseSettings):
    """Everything that `pedcorpus.toml` may hold."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        env_prefix="PEDCORPUS_",
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )

    language: Literal["zh", "en"] = "zh"
    """Language of the screens; instructions keep the language of their source."""
    engine: EngineSettings = EngineSettings()
    ingest: IngestSettings = IngestSettings()
    generate: GenerateSettings = GenerateSettings()
    llm: LlmSettings = LlmSettings()
    curate: CurateSettings = CurateSettings()
    review: ReviewSettings = ReviewSettings()
    export: ExportSettings = ExportSettings()


def nearest_key(key: str, known: list[str]) -> str:
    """`; did you mean 'seed'?` for a misspelt key, else the known keys."""
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; known keys: {', '.join(sorted(known))}"


def _known_keys(location: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in location:
        annotation = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        annotation = next(iter(get_args(annotation)), annotation)  # tables of an array
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
    return list(model.model_fields)


def _problem(error: Any) -> str:  # one of pydantic's ErrorDetails
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{key}: unknown key{nearest_key(str(error['loc'][-1]), _known_keys(error['loc'][:-1]))}"
    return f"{key}: {error['msg']} (found {error['input']!r})"


def load_settings(path: Path) -> Settings:
    """Settings from `path`, or the defaults where the file is absent.

    Raises:
        SettingsError: not TOML, unknown keys or wrong values; all of them at once.
    """

    class FileSettings(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            file = TomlConfigSettingsSource(settings_cls, path)
            return init_settings, env_settings, dotenv_settings, file_secret_settings, file

    try:
        return FileSettings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(path, [f"not valid TOML: {error}; correct the line or run `pedcorpus init`"]) from error
    except ValidationError as error:
        raise SettingsError(path, [_problem(item) for item in error.errors(include_url=False)]) from error


def settings_template() -> str:
    """A `pedcorpus.toml` with every key commented out at its default, with its explanation."""
    lines = ["# Settings of this workspace. Every key is shown with its default; remove the # to change it.", ""]
    tables: list[str] = []
    for name, info in Settings.model_fields.items():
        if isinstance(info.default, BaseModel):
            tables += _table(name, info.default)
        else:
            lines += [*_key_lines(name, info), ""]
    return "\n".join(lines + tables)


def _table(name: str, section: BaseModel) -> list[str]:
    """A table of the template, and the tables in it."""
    lines, inner = [f"# {type(section).__doc__}", f"[{name}]"], list[str]()
    for key, info in type(section).model_fields.items():
        if isinstance(info.default, BaseModel):
            inner += _table(f"{name}.{key}", info.default)
        else:
            lines += _key_lines(key, info)
    return [*lines, "", *inner]


def _key_lines(key: str, info: FieldInfo) -> list[str]:
    said = " ".join((info.description or "").split())
    return [f"# {said}", f"# {key} = {_toml(info.default)}"]


def _toml(value: str | float | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Workspace:
    """A folder with `pedcorpus.toml`, `corpus.duckdb`, `replies.sqlite`, `exports/` and `runs/`."""

    root: Path

    @classmethod
    def at(cls, folder: Path | None) -> Workspace:
        """The workspace named on the command line, else by PEDCORPUS_WORKSPACE, else the current folder."""
        return cls((folder or Path(os.environ.get(WORKSPACE_VARIABLE) or ".")).expanduser().resolve())

    @cached_property
    def settings(self) -> Settings:
        return load_settings(self.settings_path)

    @property
    def settings_path(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def corpus_path(self) -> Path:
        return self.root / "corpus.duckdb"

    @property
    def replies_path(self) -> Path:
        return self.root / "replies.sqlite"

    @property
    def vectors_path(self) -> Path:
        return self.root / "vectors.sqlite"

    @property
    def originals(self) -> Path:
        return self.root / "originals"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def runs(self) -> Path:
        return self.root / "runs"
