"""Sources in a terminal: folded into a line under the reply, unfolded with page, place and quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pedcorpus.printable import printable

if TYPE_CHECKING:
    from pedcorpus.inference.sources import Found, Passage

__all__ = ["folded", "unfolded"]


def folded(sources: Sequence[Found]) -> str:
    """One line that says how many there are and from where."""
    if not sources:
        return "来源：没有相近的段落 / no passage is near\n"
    works = dict.fromkeys(_work(found.passage) for found in sources)
    return f"▸ 来源 / sources {len(sources)}: {'; '.join(works)} （/sources）\n"


def unfolded(sources: Sequence[Found], *, mark: Callable[[str], str]) -> str:
    """Each with its place and its quote, in which `mark` makes the words stand out that were asked for."""
    if not sources:
        return "没有来源 / no sources"
    return "\n".join(_whole(number, found, mark) for number, found in enumerate(sources, 1))


def _whole(number: int, found: Found, mark: Callable[[str], str]) -> str:
    passage = found.passage
    place = [_work(passage), passage.file, " › ".join(passage.heading_path), passage.license]
    where = " · ".join(printable(part) for part in place if part)
    return f"{number}. {where}\n   {_marked(found, mark)}"


def _work(passage: Passage) -> str:
    page = f" p. {passage.page}" if passage.page is not None else f" #{passage.row}" if passage.row is not None else ""
    return printable(passage.title) + page


def _marked(found: Found, mark: Callable[[str], str]) -> str:
    quote, told, end = printable(found.passage.quote), [], 0
    for start, stop in found.highlights:
        told += [quote[end:start], mark(quote[start:stop])]
        end = stop
    return "".join([*told, quote[end:]]).replace("\n", "\n   ")
