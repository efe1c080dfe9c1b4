"""Settings of the way from files to drafts: engine, reading, making."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pedcorpus.limits import Limits
from pedcorpus.records import Domain
from pedcorpus.settings.section import Section

__all__ = ["EngineSettings", "GenerateSettings", "IngestSettings"]


class EngineSettings(Section):
    """Where files are read, drafts are made by rule and checks run."""

    kind: Literal["processes", "ray"] = "processes"
    """Processes of this machine, as many as ingest.jobs says, or Ray Data (the [ray] extra), with the same results."""
    address: str = ""
    """Ray cluster to run on, as host:port, or auto for the one this machine is part of; empty starts one here."""


class IngestSettings(Section):
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


class GenerateSettings(Section):
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
