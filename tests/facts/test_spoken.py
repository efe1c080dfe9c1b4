import pytest

from pedcorpus.facts import spoken


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("病毒性的多 不用吃消炎药", "病毒性的多，不用吃消炎药"),
        ("布洛芬 5 ml 一天三次", "布洛芬 5 ml，一天三次"),
        ("孩子 5 岁", "孩子 5 岁"),
        ("有 3 个月大", "有 3 个月大"),
        ("一天三次 38.5以上再吃", "一天三次，38.5以上再吃"),
        ("每天 3 次", "每天 3 次"),
        ("no antibiotics 多喝水", "no antibiotics，多喝水"),
        ("give ORS often", "give ORS often"),
    ],
)
def test_a_space_before_a_chinese_word_parts_clauses(typed: str, meant: str) -> None:
    assert spoken(typed) == meant
