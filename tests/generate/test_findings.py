import re

import pytest

from pedcorpus.generate.findings import find_findings
from pedcorpus.generate.groups import Line
from tests.generate.shelf import passage


def texts(text, disease="热性惊厥", key=1):
    row = passage(text)
    return [finding.text for finding in find_findings(Line(row, 0, len(text)), disease, key)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("面色苍黄，呼吸气弱，哭声短小。", ["面色苍黄", "呼吸气弱", "哭声短小"]),
        ("热性惊厥起病急，先有发热、流涕。", ["起病急", "发热", "流涕"]),
        ("肛周可见肛裂。", ["肛周见肛裂"]),
        ("大便次数多，呈黄色水样，无腥臭味。", ["大便次数多，呈黄色水样，无腥臭味"]),
        ("躯干、四肢有红色皮疹。", ["躯干、四肢有红色皮疹"]),  # places are not findings
        ("面色苍白或青紫，四肢不温。", ["面色苍白", "四肢不温"]),
        ("少数患儿出现休克。", []),
        ("热性惊厥可分为两型。", []),
        ("发热者，属风热。", []),
    ],
)
def test_clauses_become_findings(text, expected):
    assert texts(text) == expected


def test_a_range_becomes_one_value_inside_it():
    duration = texts("持续时间短于15分钟。")[0]
    assert 0 < int(re.search(r"\d+", duration).group()) < 15
    fever = texts("体温逐渐升高至38～39℃。")[0]
    assert 38 < float(re.search(r"[\d.]+", fever).group()) < 39


def test_each_finding_keeps_the_clause_it_was_cut_from():
    text = "伴有呕吐、腹痛。"
    row = passage(text)
    assert {f.criterion for f in find_findings(Line(row, 0, len(text)), "病", 1)} == {"伴有呕吐、腹痛"}
