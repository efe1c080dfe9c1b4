"""A version that was made again, held against what it was: by their manifests, without a file of either."""

from __future__ import annotations

from pedcorpus.export.manifest import MANIFEST_FILE, Manifest

__all__ = ["differences", "first_difference"]

_CAUSES = {
    "code_version": "pedcorpus {then} wrote it, and this is {now}",
    "writer": "{then} wrote it, and this is {now}",
    "settings_sha256": "its settings or evaluation sets are not those of then",
    "sources_sha256": "its works are declared otherwise than then",
    "decisions_sha256": "the decisions behind its rows are not those of then",
    "replies_sha256": "the models' replies behind its rows are not those of then",
    "parent": "it followed {then}, and follows {now}",
    "low_agreement": "it says {then} of low agreement, and says {now}",
}
"""What a manifest states beside its files, and what is to be said where that differs."""


def first_difference(then: Manifest | None, now: Manifest) -> str:
    """The first file that is not the same, rows before what is made of them; the manifest where none can be told."""
    if then is None:
        return MANIFEST_FILE
    names = sorted({*then.files, *now.files}, key=_telling)
    return next((name for name in names if then.files.get(name) != now.files.get(name)), MANIFEST_FILE)


def _telling(name: str) -> tuple[bool, bool, bool, str]:
    """The card and the metadata differ wherever anything does: they come last."""
    return (
        not name.startswith("instructions/"),
        not name.endswith(".parquet"),
        not name.startswith("reports/"),
        name,
    )


def differences(then: Manifest | None, now: Manifest) -> list[str]:
    """Why two versions of one name are not the same, as far as their manifests tell."""
    if then is None:
        return ["what it said of itself was not kept, and its folder is lost: there is nothing to tell the reason by"]
    told = [
        text.format(then=getattr(then, name) or "nothing", now=getattr(now, name) or "nothing")
        for name, text in _CAUSES.items()
        if getattr(then, name) != getattr(now, name)
    ]
    return told or [
        "settings, works, decisions, replies and versions are those of then; other rows of the corpus are not, or the "
        "code is not"
    ]
