"""A dialogue without the identifiers of those who held it, and what was replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.curate.privacy.find import find_identifiers, recognisers, without_overlaps
from pedcorpus.curate.privacy.identifier import Identifier
from pedcorpus.curate.privacy.surrogates import surrogate_for
from pedcorpus.curate.privacy.width import one_width
from pedcorpus.records import Dialogue, IdentifierKind, canonical_json, content_id
from pedcorpus.settings import PrivacySettings

__all__ = ["Replacement", "deidentified", "privacy_recipe"]

_VERSION = 1
_DEFAULTS = PrivacySettings()
_AGAIN = {IdentifierKind.PERSON: 2}
_AGAIN_ELSE = 4
"""An identifier of at least so many characters is replaced wherever it stands in the dialogue, cue or none."""
_LOOSE = re.compile(r"[\s-]")
_COLON = "："


@dataclass(frozen=True)
class Replacement:
    """One identifier of the original dialogue that was replaced; its own characters are not kept here."""

    kind: IdentifierKind
    path: str
    """Field it stood in, as `turns.0.content`."""
    start: int
    end: int
    surrogate: str


def privacy_recipe(settings: PrivacySettings) -> str:
    """Hash of all that decides what a dialogue becomes: recognisers, versions, settings."""
    versions = [f"{each.name}@{each.version}" for each in recognisers()]
    return content_id("privacy", str(_VERSION), *versions, canonical_json(settings.model_dump(mode="json")))


def deidentified(dialogue: Dialogue, settings: PrivacySettings = _DEFAULTS) -> tuple[Dialogue, tuple[Replacement, ...]]:
    """`dialogue` with surrogates, the same ones for the same person or number throughout, and what was replaced."""
    texts = dict(_texts(dialogue))
    found = {path: find_identifiers(text, settings) for path, text in texts.items()}
    if not any(found.values()):
        return dialogue, ()
    values = _values(texts, found)
    found = {path: without_overlaps([*found[path], *_again(text, values)]) for path, text in texts.items()}
    surrogates = _surrogates(texts, found)
    replaced: dict[str, str] = {}
    made: list[Replacement] = []
    for path, text in texts.items():
        pieces, done = list[str](), 0
        for one in found[path]:
            surrogate = surrogates[one.kind, _value(text, one)]
            pieces += [text[done : one.start], surrogate]
            done = one.end
            made.append(Replacement(one.kind, path, one.start, one.end, surrogate))
        replaced[path] = "".join([*pieces, text[done:]])
    return _with_texts(dialogue, replaced), tuple(made)


def _texts(dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    """Every text of a dialogue by its path; an attribute with its name, which may be the cue."""
    yield "title", dialogue.title
    yield "system", dialogue.system
    for index, turn in enumerate(dialogue.turns):
        yield f"turns.{index}.content", turn.content
    yield "rejected", dialogue.rejected
    yield "department", dialogue.department
    for name, value in dialogue.attributes.items():
        yield f"attributes.{name}", name + _COLON + value


def _with_texts(dialogue: Dialogue, texts: Mapping[str, str]) -> Dialogue:
    turns = tuple(
        turn.model_copy(update={"content": texts[f"turns.{index}.content"]})
        for index, turn in enumerate(dialogue.turns)
    )
    attributes = {name: texts[f"attributes.{name}"].partition(_COLON)[2] for name in dialogue.attributes}
    values = {name: texts[name] for name in ("title", "system", "rejected", "department")}
    return dialogue.model_copy(update={**values, "turns": turns, "attributes": attributes})


def _value(text: str, one: Identifier) -> str:
    """An identifier as compared: in one width, without spaces and hyphens."""
    return _LOOSE.sub("", one_width(text[one.start : one.end])).casefold()


def _values(texts: Mapping[str, str], found: Mapping[str, Sequence[Identifier]]) -> dict[str, Identifier]:
    """Identifiers, as they are written, that are to be replaced where no cue stands as well."""
    values: dict[str, Identifier] = {}
    for path, identifiers in found.items():
        for one in identifiers:
            written = texts[path][one.start : one.end]
            if one.length >= _AGAIN.get(one.kind, _AGAIN_ELSE):
                values.setdefault(written, one)
    return values


def _again(text: str, values: Mapping[str, Identifier]) -> Iterator[Identifier]:
    if not values:
        return
    longest_first = sorted(values, key=lambda value: (-len(value), value))
    pattern = "|".join(map(re.escape, longest_first))
    for match in re.finditer(rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])", text):
        known = values[match.group()]
        yield Identifier(*match.span(), known.kind, known.confidence)


def _surrogates(
    texts: Mapping[str, str], found: Mapping[str, Sequence[Identifier]]
) -> dict[tuple[IdentifierKind, str], str]:
    """The surrogate of each identifier; a call name or a surname is whose full name holds it."""
    written: dict[tuple[IdentifierKind, str], str] = {}
    for path, identifiers in found.items():
        for one in identifiers:
            written.setdefault((one.kind, _value(texts[path], one)), texts[path][one.start : one.end])
    people = [value for kind, value in written if kind is IdentifierKind.PERSON]
    numbers: dict[tuple[IdentifierKind, str], int] = {}
    counts: dict[IdentifierKind, int] = {}
    made: dict[tuple[IdentifierKind, str], str] = {}
    for (kind, value), text in written.items():
        owner = (kind, _whose(value, people) if kind is IdentifierKind.PERSON else value)
        if owner not in numbers:
            numbers[owner] = counts.get(kind, 0)
            counts[kind] = numbers[owner] + 1
        made[kind, value] = surrogate_for(kind, text, numbers[owner])
    return made


def _whose(name: str, people: Sequence[str]) -> str:
    """The full name that `name` is a part of, the first where there are several; itself where there is none."""
    for other in people:
        if len(other) > len(name) and (other.endswith(name) if len(name) > 1 else other.startswith(name)):
            return other
    return name
