"""Exact duplicates: instructions whose conversations are the same once width, space and punctuation are folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from pedcorpus.normalise import fold
from pedcorpus.records import Duplicate, Instruction

__all__ = ["Comparable", "changed_memberships", "comparable", "exact_duplicates"]

METHOD = "exact@1"


@dataclass(frozen=True)
class Comparable:
    """What duplicate search needs of one instruction."""

    id: str
    signature: bytes
    """Hash of the folded conversation."""
    accepted: bool
    sound: bool
    """Whether no check found an error."""


def comparable(instruction: Instruction, *, accepted: bool, sound: bool) -> Comparable:
    """The instruction as duplicate search sees it."""
    text = "\n".join(fold(message.content) for message in instruction.messages)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Comparable(id=instruction.id, signature=digest, accepted=accepted, sound=sound)


def exact_duplicates(items: Iterable[Comparable]) -> list[Duplicate]:
    """Memberships of every cluster of two or more, by cluster and id; input order does not matter.

    Kept is the accepted member, else a sound one, else any; among equals the smallest id.
    """
    groups: dict[bytes, list[Comparable]] = {}
    for item in items:
        groups.setdefault(item.signature, []).append(item)
    memberships = []
    for group in groups.values():
        if len(group) < 2:
            continue
        kept = min(group, key=lambda item: (not item.accepted, not item.sound, item.id)).id
        memberships += [
            Duplicate(instruction=item.id, cluster=kept, kept=item.id == kept, method=METHOD, similarity=1.0)
            for item in group
        ]
    return sorted(memberships, key=lambda row: (row.cluster, row.instruction))


def changed_memberships(found: Iterable[Duplicate], known: Mapping[str, Duplicate]) -> list[Duplicate]:
    """Rows to add so that the latest row of every instruction says what `found` says.

    Who was in a cluster and no longer is, is kept in one of its own.
    """
    now = {row.instruction: row for row in found}
    added = [row for row in now.values() if known.get(row.instruction) != row]
    for instruction, row in known.items():
        if instruction not in now and not (row.kept and row.cluster == instruction):
            added.append(
                Duplicate(instruction=instruction, cluster=instruction, kept=True, method=METHOD, similarity=1.0)
            )
    return sorted(added, key=lambda row: row.instruction)
