from __future__ import annotations

import pytest

from pedcorpus.records import Address, Box, Document, Evidence, Source
from pedcorpus.review import EvidenceContext, quote_boxes

TEXT = "发作超过5分钟者可静脉缓慢注射地西泮，单次最大量10 mg，注意呼吸抑制。"
BOOK = Source(id="book", kind="textbook", title="样章")
PDF = Document(id="a" * 64, source="book", path="a.pdf", parser="pdf@1", bytes=1)


def lines(*ends, page=1):
    """Boxes 200 points wide over consecutive parts of the text."""
    starts = (0, *ends)
    return tuple(
        Box(page=page, x0=100, y0=100 + 20 * n, x1=300, y1=112 + 20 * n, start=start, end=end)
        for n, (start, end) in enumerate(zip(starts, ends, strict=False))
    )


def boxes(quote, printed):
    start = TEXT.find(quote)
    address = Address(page=1, boxes=printed)
    evidence = Evidence(source="book", document=PDF.id, origin="passage", origin_id="p", address=address, quote=quote)
    start, end = (start, start + len(quote)) if start >= 0 else (0, 0)
    context = EvidenceContext(evidence=evidence, source=BOOK, document=PDF, text=TEXT, start=start, end=end)
    return [(round(box.x0), round(box.x1)) for box in quote_boxes(context)]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        pytest.param("发作超过5分钟者可静脉", [(100, 300)], id="a-whole-line"),
        pytest.param("发作超过", [(100, 179)], id="the-start-of-a-line"),
        pytest.param("可静脉", [(240, 300)], id="the-end-of-a-line"),
        pytest.param("静脉缓慢注", [(259, 300), (100, 149)], id="from-one-line-into-the-next"),
        pytest.param("没有这句", [(100, 300)] * 3, id="not-found-keeps-the-lines"),
    ],
)
def test_the_boxes_are_cut_to_the_quote(quote, expected):
    assert boxes(quote, lines(11, 24, len(TEXT))) == expected


def test_boxes_of_other_pages_are_left_out():
    assert boxes("没有这句", lines(11) + lines(11, page=2)) == [(100, 300)]
