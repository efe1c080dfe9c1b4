"""The workspace and its settings file `pedcorpus.toml`; each table of it is a class, near those it works with."""

from pedcorpus.settings.curating import (
    ContaminationSettings,
    CurateSettings,
    DuplicateSettings,
    EmbeddingSettings,
    EvaluationSetSettings,
    PrivacySettings,
)
from pedcorpus.settings.exporting import ExportSettings
from pedcorpus.settings.file import Settings, nearest_key
from pedcorpus.settings.language_models import LlmSettings, WeakLlmSettings
from pedcorpus.settings.making import EngineSettings, GenerateSettings, IngestSettings
from pedcorpus.settings.reviewing import CalibrationSettings, OverlapSettings, ReviewSettings, SamplingSettings
from pedcorpus.settings.template import settings_template
from pedcorpus.settings.web import WebSettings
from pedcorpus.settings.workspace import Workspace

__all__ = [
    "CalibrationSettings",
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
    "OverlapSettings",
    "PrivacySettings",
    "ReviewSettings",
    "SamplingSettings",
    "Settings",
    "WeakLlmSettings",
    "WebSettings",
    "Workspace",
    "nearest_key",
    "settings_template",
]
