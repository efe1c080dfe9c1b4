"""What is stored of rows that say the same: a warning that names the kept row, a pass for all others; never a drop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pedcorpus.curate.semantic.alike import Alike
from pedcorpus.records import Finding, Severity, content_id

__all__ = ["WITHDRAWN", "changed_verdicts", "semantic_check", "semantic_verdicts"]

_NAME = "semantic@1"
_MOST_NAMED = 40  # characters of a model's name in the check's id

WITHDRAWN = f"{_NAME}:withdrawn"
"""Under this id a verdict is taken back before another is given under the same model and threshold."""


def semantic_check(model: str, threshold: float) -> str:
    """The check's id: `semantic@1:bge-small-zh-1f2e3d4c-0.92`; a name that is no word is told by its hash."""
    word = re.sub(r"[^A-Za-z0-9._-]+", "-", model).strip("-")
    if word != model or len(word) > _MOST_NAMED:
        word = f"{word[-_MOST_NAMED:]}-{content_id(model)[:6]}"
    return f"{_NAME}:{word}-{threshold:g}"


def semantic_verdicts(ids: Iterable[str], alike: Sequence[Alike], *, check: str) -> dict[str, Finding]:
    """One verdict for each of `ids`."""
    by_id = {each.id: each for each in alike}
    return {identifier: _verdict(identifier, by_id.get(identifier), check) for identifier in ids}


def _verdict(identifier: str, alike: Alike | None, check: str) -> Finding:
    if alike is None:
        return Finding(instruction=identifier, check=check, severity=Severity.PASS)
    return Finding(
        instruction=identifier,
        check=check,
        severity=Severity.WARNING,
        reason="semantic_duplicate",
        detail=f"says what {alike.kept} says (cosine {alike.cosine:.3f}); reject one of them, or keep both knowingly",
    )


def changed_verdicts(now: Mapping[str, Finding], known: Mapping[str, Finding]) -> list[Finding]:
    """Rows to add so that the latest verdict on every instruction is that of `now`, by instruction.

    What a check said last under one id counts together; so a changed verdict is taken back under another id first.
    """
    added: list[Finding] = []
    for identifier, verdict in sorted(now.items()):
        if verdict == (before := known.get(identifier)):
            continue
        if before is not None and before.check == verdict.check:
            added.append(Finding(instruction=identifier, check=WITHDRAWN, severity=Severity.PASS))
        added.append(verdict)
    return added
