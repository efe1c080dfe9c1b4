"""Tables that a page or column break cut in two, put together again; the repeated head goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pedcorpus.normalise import fold
from pedcorpus.parse.captions import is_continuation
from pedcorpus.parse.pdf_lines import PrintedLine, TableRow
from pedcorpus.parse.pdf_paragraphs import Paragraph
from pedcorpus.parse.pdf_typography import Typography

__all__ = ["with_whole_tables"]

_SAME_WIDTH_PT = 12.0
_MAX_HEAD_ROWS = 3
_Set = tuple[Paragraph, Typography]


def with_whole_tables(paragraphs: Iterable[_Set]) -> Iterator[_Set]:
    """`paragraphs` with the parts of a table joined where one part ends a page or column and the next begins one."""
    held: _Set | None = None
    between: list[_Set] = []
    for one in paragraphs:
        if held is None or not _may_stand_between(one) or len(between) > 1:
            joined = _joined(held, one) if held else None
            if joined is not None:
                held, between = joined, []
                continue
            if held is not None:
                yield held
            yield from between
            held, between = (one, []) if one[0][0].table else (None, [])
            if held is None:
                yield one
        else:
            between.append(one)
    if held is not None:
        yield held
    yield from between


def _may_stand_between(one: _Set) -> bool:
    return not one[0][0].table and is_continuation(one[0][0].text)


def _joined(first: _Set, second: _Set) -> _Set | None:
    """Both parts as one table, if the second goes on with the first."""
    above, below = first[0][0], second[0][0]
    if not below.table or len(above.table[0].cells) != len(below.table[0].cells):
        return None
    moved = below.page == above.table[-1].page + 1 or (below.page == above.table[-1].page and below.y0 < above.y0)
    if not moved or abs((above.x1 - above.x0) - (below.x1 - below.x0)) > _SAME_WIDTH_PT:
        return None
    rows = (*above.table, *below.table[_repeated_rows(above, below) :])
    return [above._replace(table=rows)], first[1]


def _repeated_rows(above: PrintedLine, below: PrintedLine) -> int:
    """How many rows at the head of `below` are those at the head of `above`."""
    count = 0
    for one, other in zip(above.table[:_MAX_HEAD_ROWS], below.table[:_MAX_HEAD_ROWS], strict=False):
        if _words(one) != _words(other):
            break
        count += 1
    return count


def _words(row: TableRow) -> list[str]:
    return [fold(cell) for cell in row.cells]
