import pytest

from pedcorpus.generate.doses import find_doses

# A text, and each dose in it: name, dose_text, low, high, unit, basis, route, frequency, maximum.
PER_KG, PER_DOSE = "per_kg_per_dose", "per_dose"
ROWS = [
    (
        "发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg，注意呼吸抑制。",
        [("地西泮", "0.3～0.5 mg/kg", 0.3, 0.5, "mg", PER_KG, "静脉缓慢注射", "", 10)],
    ),
    (
        "考虑细菌感染者可用阿莫西林40～80 mg/(kg·d)，分2～3次口服，每日最大量3 g。",
        [("阿莫西林", "40～80 mg/(kg·d)", 40, 80, "mg", "per_kg_per_day", "口服", "分2～3次", 3000)],
    ),
    (
        "首选头孢曲松100 mg/kg，静脉滴注，每日1次，联合万古霉素15 mg/kg，静脉滴注，每6小时1次。",
        [
            ("头孢曲松", "100 mg/kg", 100, 100, "mg", PER_KG, "静脉滴注", "每日1次", None),
            ("万古霉素", "15 mg/kg", 15, 15, "mg", PER_KG, "静脉滴注", "每6小时1次", None),
        ],
    ),
    (
        "颅内压增高用20%甘露醇0.5～1 g/kg，快速静脉滴注。",
        [("20%甘露醇", "0.5～1 g/kg", 0.5, 1, "g", PER_KG, "快速静脉滴注", "", None)],
    ),
    (
        "加用1∶1000肾上腺素0.5 ml/kg，雾化吸入。",
        [("1∶1000肾上腺素", "0.5 ml/kg", 0.5, 0.5, "ml", PER_KG, "雾化吸入", "", None)],
    ),
    (
        "可用布地奈德混悬液，每次0.25～0.5 mg，雾化吸入，每日2次。",
        [("布地奈德混悬液", "每次0.25～0.5 mg", 0.25, 0.5, "mg", PER_DOSE, "雾化吸入", "每日2次", None)],
    ),
    (
        "轻至中度脱水者给予口服补液盐75 ml/kg，4小时内分次口服。",
        [("口服补液盐", "75 ml/kg", 75, 75, "ml", PER_KG, "分次口服", "", None)],
    ),
    ("总量100 ml/kg，先快后慢。", []),  # a total
    ("体重5～10 kg者每日5 mg。", []),  # a weight band
    ("补锌：6个月以下每日10 mg。", []),  # the drug does not stand before its dose
    ("血糖低于2.8 mmol/L，尿量少于1 ml/(kg·h)。", []),  # laboratory values
    ("静注人免疫球蛋白，总量2 g/kg。", []),
    (
        "Give paracetamol 10–15 mg/kg orally every 6 hours.",
        [("paracetamol", "10–15 mg/kg", 10, 15, "mg", PER_KG, "orally", "every 6 hours", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text[:12] for text, _ in ROWS])
def test_doses_are_read_as_printed(text, expected):
    found = [
        (d.name, d.dose_text, d.low, d.high, d.unit, d.basis, d.route, d.frequency, d.maximum) for d in find_doses(text)
    ]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text[:12] for text, _ in ROWS])
def test_every_text_of_a_dose_is_verbatim(text, expected):
    for dose in find_doses(text):
        assert all(part in text for part in (dose.name, dose.dose_text, dose.route, dose.frequency, dose.maximum_text))
