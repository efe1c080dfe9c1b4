"""The numbers before headings and list items."""

from __future__ import annotations

import pytest

from pedcorpus.parse.numbering import Family, read_marker


@pytest.mark.parametrize(
    ("line", "family", "number"),
    [
        ("第三章外感疾病", Family.CHAPTER, (3,)),
        ("第一百二十节　望诊", Family.SECTION, (120,)),
        ("第二篇 各论", Family.PART, (2,)),
        ("Chapter 3 Seizures", Family.CHAPTER, (3,)),
        ("一、病因", Family.CHINESE, (1,)),
        ("十二、预防", Family.CHINESE, (12,)),
        ("（二）分型", Family.CHINESE_PAREN, (2,)),
        ("（―）辨证要领", Family.CHINESE_PAREN, (1,)),  # a dash typed for 一
        ("1．概述", Family.ARABIC, (1,)),
        ("1.2 Title", Family.DECIMAL, (1, 2)),
        ("2.1.3 随访", Family.DECIMAL, (2, 1, 3)),
        ("（1）寒湿", Family.ARABIC_PAREN, (1,)),
        ("2) NMO", Family.ARABIC_PAREN, (2,)),
        ("③胃热", Family.CIRCLED, (3,)),
        ("附：奶麻", Family.APPENDIX, ()),
        ("1 引言", Family.PLAIN, (1,)),
    ],
)
def test_a_number_is_read_with_its_family(line: str, family: Family, number: tuple[int, ...]) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.family, marker.number) == (family, number)


@pytest.mark.parametrize("line", ["本病多见", "2025年", "附子三钱", "38℃以上", "第一个月", "十分常见"])
def test_a_sentence_that_begins_with_a_number_has_none(line: str) -> None:
    assert read_marker(line) is None


def test_decimals_of_unlike_depth_are_unlike_levels() -> None:
    shallow, deep = read_marker("1.2 题"), read_marker("1.2.1 题")
    assert shallow
    assert deep
    assert shallow.level != deep.level
    assert shallow.rank < deep.rank
