"""What looks damaged, and what only looks odd."""

import pytest

from pedcorpus.curate.ocr_patterns import find_damage, find_quantities


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("补液lOOml/kg", "lOO", "damaged_number"),
        ("泼尼松每日lmg/kg", "l", "damaged_number"),
        ("生理盐水lUUmg/kg", "lUU", "damaged_number"),
        ("每次5Omg口服", "5O", "damaged_number"),
        ("液量1O0ml/kg", "1O0", "damaged_number"),
        ("用量O.5mg/kg", "O.5", "damaged_number"),
        ("用量0.l mg/kg", "0.l", "damaged_number"),
        ("用量l.5mg", "l.5", "damaged_number"),
        ("用量2.Smg/kg", "2.S", "damaged_number"),
        ("5～lOmg/kg", "lO", "damaged_number"),
        ("10～2Omg/(kg·d)", "2O", "damaged_number"),
        ("l~2次", "l", "damaged_number"),
        ("每日l次", "l", "damaged_number"),
        ("坐位超过l小时", "l", "damaged_number"),
        ("服用lO天", "lO", "damaged_number"),
        ("IO岁以下", "IO", "damaged_number"),
        ("静脉滴注lg/d", "l", "damaged_number"),
        ("2O%甘露醇", "2O", "damaged_number"),
        ("每次S0mg口服", "S0", "damaged_number"),
        pytest.param("地西泮0.30.5mg/kg", "0.30.5", "damaged_number", id="the mark of a range is lost"),
        ("白细胞15×109/L", "×109", "lost_exponent"),
        ("年龄大千6个月", "千", "misread_character"),
        ("持续小千15分钟", "千", "misread_character"),
        ("多见千婴幼儿", "千", "misread_character"),
        ("前卤膨隆", "卤", "misread_character"),
        ("发作213第七章神经系统疾病可见发热", "213第七章", "running_head"),
        ("患儿可出现 第七章 神经系统疾病 213 发热", " 第七章 神经系统疾病 213", "running_head"),
    ],
)
def test_damage_is_found_where_it_stands(text: str, found: str, reason: str) -> None:
    (damage,) = find_damage(text)
    assert (text[damage.start : damage.end], damage.reason) == (found, reason)


@pytest.mark.parametrize(
    "text",
    [
        "100ml/kg 1mg/kg 1.5 ml 0.3～0.5 mg/kg 5岁 3次/日 24小时 39.2℃ 20%",
        "10U/kg 10 IU/kg 1IU 万U 400IU",
        "T3、T4正常，T3 10 ng/ml",
        "S1、S2心音正常，可闻及S3奔马律",
        "CO2 H2O O2 5L/min 5cmH2O NaHCO3 5ml HCO3 20mmol/L PaO2 60mmHg SpO2 92%",
        "IgG IgA 5g/L IgM，血清Ig升高，IL-6，lg值",
        "维生素B12 100μg，维生素B6片，维生素D3 400IU，辅酶Q10 10mg，B1 10mg",
        "Ⅰ度 Ⅱ度 II期 I期 ⅡB 第I次手术 左I支气管",
        "15×10⁹/L 15×10^9/L ±2SD CD4 20% C3 0.8g/L pH 7.35 V1-V3 1/3张液 1:10000",
        "5000千卡 每日1千卡 大千世界 小千金方 用千金方 卤水 用千分尺 3千克",
        "详见第七章第二节 见第七章 神经系统疾病。 第七章 儿科疾病 3岁以下",
        "2020.1.5日 第3.1.2节",
        "药物 | 次数 | mg/kg | 每日 | 1次",
        "a long log of all mg, oil 5 ml, lcm(4, 6)",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert find_damage(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("地西泮0.3～0.5 mg/kg，单次最大量10 mg", ["0.3～0.5", "10"]),
        ("首次发作多见于6个月至3岁", ["6", "3"]),
        ("白细胞15×10⁹/L", ["15"]),
        ("见第5章，CO2、B12、图7-3", []),
    ],
)
def test_quantities_are_numbers_next_to_a_unit(text: str, numbers: list[str]) -> None:
    assert [text[start:end] for start, end in find_quantities(text)] == numbers
