"""Works that go by one name: two folders may share one when they say the same of it, and not otherwise.

Licence and tier travel from a declaration to every row, so a second declaration must not change the first unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pedcorpus.corpus import StoredDocument
from pedcorpus.flow.discover import DECLARATION, Work
from pedcorpus.records import Failure, Source

__all__ = ["sound_works"]

_COMPARED = ("license", "tier", "kind", "title", "edition")


def sound_works(
    works: Sequence[Work], sources: Mapping[str, Source], stored: Iterable[StoredDocument]
) -> tuple[list[Work], list[Failure]]:
    """The works that may be read into a corpus of `sources` and `stored` files, and for each that may not why."""
    apart, twice = _told_apart(works)
    kept, elsewhere = _unlike_known(apart, sources, stored)
    return kept, [*twice, *elsewhere]


def _told_apart(works: Sequence[Work]) -> tuple[list[Work], list[Failure]]:
    """The works that may be read together, and for each that may not why."""
    by_name: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        by_name[work.declaration.source.id].append(work)
    problems = {name: problem for name, found in by_name.items() if (problem := _problem(found))}
    kept = [work for work in works if work.declaration.source.id not in problems]
    failures = [_failure(work, problems[name]) for name, found in by_name.items() if name in problems for work in found]
    return kept, failures


def _problem(works: Sequence[Work]) -> str:
    first = works[0]
    for other in works[1:]:
        if told := _difference(first.declaration.source, other.declaration.source):
            return f"{first.folder} and {other.folder} both declare {told}"
        paths = {found.path for found in first.files} & {found.path for found in other.files}
        if paths and first.folder != other.folder:
            return f"{first.folder} and {other.folder} both hold {min(paths)} under its name"
    return ""


def _difference(one: Source, other: Source) -> str:
    """What two declarations of one name say differently; empty where that is nothing that travels."""
    for name in _COMPARED:
        first, second = getattr(one, name), getattr(other, name)
        if first != second:
            return f"it, with {name} {str(first)!r} and {str(second)!r}"
    return ""


def _unlike_known(
    works: Iterable[Work], sources: Mapping[str, Source], stored: Iterable[StoredDocument]
) -> tuple[list[Work], list[Failure]]:
    """The works that may be read into a corpus, and for each that it knows otherwise, from another folder, why not.

    The folder that a work was read from may declare it anew.
    """
    folders: dict[str, set[str]] = defaultdict(set)
    for each in stored:
        folders[each.document.source].add(each.folder)
    kept: list[Work] = []
    failures: list[Failure] = []
    for work in works:
        source = work.declaration.source
        before, known = sources.get(source.id), folders[source.id]
        told = _difference(before, source) if before and known and str(work.folder) not in known else ""
        if told:
            failures.append(_failure(work, f"{min(known)} and {work.folder} both declare {told}"))
        else:
            kept.append(work)
    return kept, failures


def _failure(work: Work, problem: str) -> Failure:
    name = work.declaration.source.id
    detail = f"{name}: {problem}; give one of them another id, or let them say the same. None of its files were read"
    where = work.folder / DECLARATION
    return Failure(
        stage="ingest", where=str(where), source=name, path=DECLARATION, reason="declared_twice", detail=detail
    )
