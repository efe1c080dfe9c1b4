"""The settings that decide an export's bytes: kept with each version, so that it can be made again by the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from pedcorpus.errors import UsageError
from pedcorpus.records import Record, canonical_json
from pedcorpus.settings import ContaminationSettings, ExportSettings, Settings

__all__ = ["changed_settings", "deciding_settings", "settings_as_then"]


class _Curating(Record):
    ocr_confidence: float
    contamination: ContaminationSettings


class _Deciding(Record):
    """All of `pedcorpus.toml` that an export depends on; evaluation sets themselves lie in files."""

    export: ExportSettings
    curate: _Curating


def deciding_settings(settings: Settings) -> str:
    """Those of `settings` that decide an export's bytes, as JSON."""
    return canonical_json(_deciding(settings).model_dump(mode="json"))


def _deciding(settings: Settings) -> _Deciding:
    curate = settings.curate
    curating = _Curating(ocr_confidence=curate.ocr_confidence, contamination=curate.contamination)
    return _Deciding(export=settings.export, curate=curating)


def settings_as_then(now: Settings, kept: str) -> Settings:
    """The settings of now, but for those that were `kept`.

    Raises:
        UsageError: this version of the package does not know one of them.
    """
    then = _parsed(kept)
    curate = now.curate.model_copy(update={name: getattr(then.curate, name) for name in _Curating.model_fields})
    return now.model_copy(update={"export": then.export, "curate": curate})


def changed_settings(now: Settings, kept: str) -> list[str]:
    """What is set otherwise now, as `export.test_share is 0.2, was 0.1`, by key."""
    before, after = (
        dict(_flat(_parsed(kept).model_dump(mode="json"))),
        dict(_flat(_deciding(now).model_dump(mode="json"))),
    )
    keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return [f"{key} is {after.get(key)}, was {before.get(key)}" for key in keys]


def _parsed(kept: str) -> _Deciding:
    try:
        return _Deciding.model_validate_json(kept)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise UsageError(
            f"it was made by a setting that this pedcorpus does not know ({key}); install the version that made it"
        ) from error


def _flat(values: dict[str, Any], under: str = "") -> Iterator[tuple[str, Any]]:  # JSON values
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{under}{name}.")
        else:
            yield f"{under}{name}", value
