"""Asks every recogniser, and makes one list of what they find: no two overlap, and none is a surrogate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pedcorpus.curate.privacy.identifier import Identifier, Recogniser
from pedcorpus.curate.privacy.surrogates import is_surrogate
from pedcorpus.curate.privacy.width import one_width
from pedcorpus.plugins import load_plugins
from pedcorpus.settings import PrivacySettings

__all__ = ["find_identifiers", "recognisers", "without_overlaps"]

_DEFAULTS = PrivacySettings()


def recognisers() -> list[Recogniser]:
    """The registered recognisers by name; whoever installs a clinical model adds its own."""
    return list(load_plugins("recognisers").values())


def find_identifiers(text: str, settings: PrivacySettings = _DEFAULTS) -> list[Identifier]:
    """What in `text` tells who somebody is, in order; surrogates, as `deidentified` writes them, tell nothing."""
    plain = one_width(text)
    found = (
        identifier
        for recogniser in recognisers()
        for identifier in recogniser.identifiers(plain)
        if identifier.confidence >= settings.least_confidence
        and identifier.kind not in settings.off
        and not is_surrogate(identifier.kind, plain[identifier.start : identifier.end])
    )
    return without_overlaps(found)


def without_overlaps(found: Iterable[Identifier]) -> list[Identifier]:
    """Of those that overlap the longest, then the surest; what others cover besides stays as a stretch of its own."""
    settled: list[Identifier] = []
    for group in _groups(sorted(found)):
        settled += _settled(group)
    return sorted(settled)


def _groups(ordered: Iterable[Identifier]) -> Iterator[list[Identifier]]:
    group: list[Identifier] = []
    end = 0
    for identifier in ordered:
        if group and identifier.start >= end:
            yield group
            group = []
        group.append(identifier)
        end = max(end, identifier.end)
    if group:
        yield group


def _settled(group: Sequence[Identifier]) -> list[Identifier]:
    if len(group) == 1:
        return list(group)
    taken: list[Identifier] = []
    covered = 0
    for one in sorted(group, key=lambda one: (-one.length, -one.confidence, one)):
        if not any(other.start < one.end and one.start < other.end for other in taken):
            taken.append(one)
    for one in group:
        for start, end in _rest(one, taken):
            covered = end - start
            if covered > 1:
                taken.append(Identifier(start, end, one.kind, one.confidence))
    return taken


def _rest(one: Identifier, taken: Sequence[Identifier]) -> list[tuple[int, int]]:
    """Parts of `one` that none of `taken` covers."""
    parts, start = list[tuple[int, int]](), one.start
    for other in sorted(taken):
        if other.start < one.end and start < other.end:
            if other.start > start:
                parts.append((start, other.start))
            start = other.end
    if start < one.end:
        parts.append((start, one.end))
    return parts
