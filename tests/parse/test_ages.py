"""Ages are found in the forms in which parents and case reports write them."""

from __future__ import annotations

import pytest

from pedcorpus.parse.ages import ages_in


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("3岁男孩", {"child"}),
        ("三岁半的孩子", {"child"}),
        ("两岁宝宝", {"child"}),
        ("5周岁", {"child"}),
        ("今年十二岁", {"child"}),
        ("15岁", {"adolescent"}),
        ("十八岁", {"adult"}),
        ("二十岁", {"adult"}),
        ("年龄：28", {"adult"}),
        ("8个月大", {"infant"}),
        ("8个多月的宝宝", {"infant"}),
        ("宝宝才8个月", {"infant"}),
        ("出生后5天", {"infant"}),
        ("17天婴儿", {"infant"}),
        ("孩子刚出生", {"infant"}),
        ("母亲30岁，孩子3岁", {"adult", "child"}),
        ("my 2-year-old son", {"child"}),
        ("a 6 month old infant", {"infant"}),
        ("咳嗽8个月", set()),
        ("怀孕3个月", set()),
        ("3岁以下禁用", set()),  # a limit is no one's age
        ("15岁时得过", set()),
        ("999岁", set()),
        ("服药3天", set()),
    ],
)
def test_an_age_is_read_as_its_group(text: str, groups: set[str]) -> None:
    assert ages_in(text) == groups
