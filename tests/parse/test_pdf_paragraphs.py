from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_paragraphs import paragraphs_of
from pedcorpus.parse.pdf_typography import Typography

FULL = "热性惊厥多见于婴幼儿发热初起时多为全身强直阵挛持续数分钟后自行缓解不留神经异常"


def flush_lines(count: int, *, stop_after: int) -> Iterator[tuple[PrintedLine, Typography]]:
    """Full lines without an indent, page after page; each so many lines one ends a sentence."""
    for number in range(count):
        text = FULL[:-1] + "。" if number % stop_after == stop_after - 1 else FULL
        y, page = 80.0 + 16 * (number % 40), number // 40 + 1
        yield PrintedLine(text, page, 72.0, y, 482.0, y + 12, 10.5, column=(72.0, 482.0)), Typography(10.5, 16.0)


def texts(count: int, *, stop_after: int) -> list[str]:
    paragraphs = paragraphs_of(flush_lines(count, stop_after=stop_after))
    return ["".join(line.text for line in lines) for lines, _ in paragraphs]


def test_flush_text_of_many_pages_is_parted_where_sentences_end() -> None:
    parts = texts(1400, stop_after=7)
    assert sum(map(len, parts)) == 1400 * len(FULL)
    assert all(part.endswith("。") and len(part) < 4_400 for part in parts)


def test_text_without_an_end_of_a_sentence_has_a_bound_too() -> None:
    assert max(map(len, texts(1000, stop_after=10_000))) < 8_100


def test_flush_text_of_a_few_pages_stays_whole() -> None:
    assert len(texts(80, stop_after=7)) == 1
