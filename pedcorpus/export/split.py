"""Assigns each row to train, validation or test by hash, so that nothing that belongs together is torn.

Two laws, and how they are kept:

- *No leak.* Rows of one section (`ReleaseRow.group`) or one cluster, of near duplicates or of the same question,
  are one **bundle** and stay together. Bundles that share a topic are one **subject**; a subject goes to the test
  split as a whole, so that no row about a disease of the test split is in training; that rows on other diseases may
  name it, as in a differential diagnosis, is what `leakage` measures. What is left is divided by bundle: validation
  may share a disease with training, never a section.
- *No move.* A subject's place follows from the hash of one of its topics, a bundle's from the hash of one of its
  groups, with the salt and the shares of the settings: never from order, number or position. Rows added later
  move others only where they join two subjects or bundles that were apart until then; one of the two stays.

Where the hash leaves nothing to train on, as with two or three sections in all, the subject whose hash is
furthest from the test split is trained on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pedcorpus.export.read import Split
from pedcorpus.records import ReleaseRow, content_id
from pedcorpus.settings import ExportSettings

__all__ = ["assign_splits", "bonded", "hashed_split"]


class _Bonds:
    """Keys joined into sets (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        parent = self._parent
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(self, first: str, *others: str) -> None:
        for other in others:
            self._parent[self.find(other)] = self.find(first)

    def speakers(self, keys: Iterable[str], salt: str) -> dict[str, str]:
        """For each set the one of `keys` in it whose hash comes first: a choice that no order changes."""
        chosen: dict[str, str] = {}
        for key in set(keys):
            root = self.find(key)
            if root not in chosen or _rank(key, salt) < _rank(chosen[root], salt):
                chosen[root] = key
        return chosen


def bonded(*memberships: Mapping[str, str]) -> dict[str, str]:
    """Each member of any cluster with the one cluster that all joined ones make, called after its smallest name.

    Args:
        memberships: the cluster of each member, at one level of likeness each.
    """
    bonds = _Bonds()
    for membership in memberships:
        for member, cluster in membership.items():
            bonds.join(cluster, member)
    names = {name for membership in memberships for pair in membership.items() for name in pair}
    first: dict[str, str] = {}
    for name in sorted(names):
        first.setdefault(bonds.find(name), name)
    return {name: first[bonds.find(name)] for name in names}


def _rank(key: str, salt: str) -> str:
    return content_id("speaker", salt, key)


def _fraction(purpose: str, key: str, salt: str) -> float:
    """A number in [0, 1) that stands for `key`, evenly spread."""
    return int(content_id(purpose, salt, key)[:13], 16) / 16**13


def _validation_bound(settings: ExportSettings) -> float:
    """Validation is drawn from what test leaves over, yet its share is of the whole."""
    return settings.validation_share / (1 - settings.test_share)


def hashed_split(key: str, settings: ExportSettings) -> Split:
    """The split of something that stands alone."""
    if _fraction("test", key, settings.split_seed) < settings.test_share:
        return "test"
    is_validation = _fraction("validation", key, settings.split_seed) < _validation_bound(settings)
    return "validation" if is_validation else "train"


def assign_splits(rows: Sequence[ReleaseRow], settings: ExportSettings) -> dict[str, Split]:
    """Split of each row by instruction id. The order of `rows` does not matter."""
    subjects = _subjects(rows)
    topics = subjects.speakers((_topic(row) for row in rows), settings.split_seed)
    tested = {root: _fraction("test", topic, settings.split_seed) for root, topic in topics.items()}
    bundles = _bundles(rows)
    speakers = bundles.speakers((_group(row) for row in rows), settings.split_seed)
    bound = _validation_bound(settings)
    splits: dict[str, Split] = {}
    for row in rows:
        if tested[subjects.find(_topic(row))] < settings.test_share:
            splits[row.instruction.id] = "test"
        else:
            speaker = speakers[bundles.find(_group(row))]
            is_validation = _fraction("validation", speaker, settings.split_seed) < bound
            splits[row.instruction.id] = "validation" if is_validation else "train"
    return splits if "train" in splits.values() else splits | _rescued(rows, subjects, tested)


def _rescued(rows: Iterable[ReleaseRow], subjects: _Bonds, tested: Mapping[str, float]) -> dict[str, Split]:
    members: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        members[subjects.find(_topic(row))].append(row.instruction.id)
    furthest = max(members, key=lambda root: (tested[root], min(members[root])), default=None)
    return {} if furthest is None else dict.fromkeys(members[furthest], "train")


def _subjects(rows: Iterable[ReleaseRow]) -> _Bonds:
    bonds = _Bonds()
    for row in rows:
        bonds.join(_topic(row), _group(row), _cluster(row))
    return bonds


def _bundles(rows: Iterable[ReleaseRow]) -> _Bonds:
    bonds = _Bonds()
    for row in rows:
        bonds.join(_group(row), _cluster(row))
    return bonds


def _topic(row: ReleaseRow) -> str:
    return f"topic:{row.instruction.topic}"


def _group(row: ReleaseRow) -> str:
    return f"group:{row.group}"


def _cluster(row: ReleaseRow) -> str:
    return f"cluster:{row.cluster}"
