"""The settings file `pedcorpus.toml`: everything that it may hold, and how it is read.

Values come from the defaults, then `pedcorpus.toml`, then the environment (`PEDCORPUS_GENERATE__SEED=7` sets
`generate.seed`), the later over the earlier.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pedcorpus.errors import SettingsError
from pedcorpus.settings.curating import CurateSettings
from pedcorpus.settings.exporting import ExportSettings
from pedcorpus.settings.language_models import LlmSettings
from pedcorpus.settings.making import EngineSettings, GenerateSettings, IngestSettings
from pedcorpus.settings.reviewing import ReviewSettings
from pedcorpus.settings.voting import VoteSettings

__all__ = ["Settings", "load_settings", "nearest_key"]


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
    vote: VoteSettings = VoteSettings()
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
