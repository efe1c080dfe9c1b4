"""Identifiers in running text, and words of medicine that are none."""

from __future__ import annotations

import pytest

from pedcorpus.curate.privacy.find import find_identifiers
from pedcorpus.settings import PrivacySettings

SETTINGS = PrivacySettings()


def found(text: str) -> list[tuple[str, str]]:
    return [(str(one.kind), text[one.start : one.end]) for one in find_identifiers(text, SETTINGS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话13812345678", ("phone", "13812345678")),
        ("患儿身份证11010520160307821X号", ("id_card", "11010520160307821X")),
        ("请王医生看看", ("person", "王")),
        ("患儿李小明，男", ("person", "李小明")),
        ("就诊于南京市儿童医院", ("institution", "南京市儿童医院")),
        ("出生于2010年10月9日", ("birth_date", "2010年10月9日")),
        ("邮箱ma.li@kids-ward.cn回复", ("email", "ma.li@kids-ward.cn")),
    ],
)
def test_an_identifier_is_found_between_chinese_characters(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("赣州看病哪家医院更好？", id="which hospital"),
        pytest.param("广东什么医院看得好？", id="what hospital"),
        pytest.param("在洛阳几家医院看了", id="some hospitals"),
        pytest.param("就诊于风湿科医院", id="a department"),
        pytest.param("孩子黄疸，是什么原因造成的？该患儿温燥证，应如何立法选方？", id="diseases like names"),
        pytest.param("川崎病、唐氏综合征、巴宾斯基征阳性", id="eponyms"),
        pytest.param("年龄5岁，体重18 kg，体温38.5℃", id="measurements"),
        pytest.param("给予对乙酰氨基酚、布洛芬、阿奇霉素", id="drugs"),
        pytest.param("", id="empty"),
        pytest.param("👍🏽𠀀𠮷", id="emoji and rare characters"),
    ],
)
def test_what_tells_nobody_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("number", "valid"), [("110105201603078215", True), ("110105201603078214", False)])
def test_an_identity_card_without_a_cue_has_to_keep_its_checksum(number: str, valid: bool) -> None:
    assert (("id_card", number) in found(f"号码{number}。")) is valid
