import pytest

from pedcorpus.curate.dose import DoseCheck
from pedcorpus.evaluation.medical.doses import doses_grade
from pedcorpus.evaluation.medical.drugs import drugs_grade
from pedcorpus.evaluation.medical.gate import gate_grade
from pedcorpus.tasks.trerecom import DrugOrder
from tests.evaluation.medical.by_hand import case, knowledge, plan

PARACETAMOL = DrugOrder(
    name="对乙酰氨基酚", dose_text="10～15 mg/kg", dose_low=10, dose_high=15, unit="mg", basis="per_kg_per_dose",
    route="口服", frequency="每4～6小时1次", evidence=0,
)  # fmt: skip
DIAZEPAM = DrugOrder(name="地西泮", dose_text="0.3～0.5 mg/kg", maximum_text="单次最大量10 mg", evidence=0)
UNKNOWN = DrugOrder(name="样例散", dose_text="2 g", evidence=0)


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("口服对乙酰氨基酚，必要时静脉注射地西泮。", 1),
        ("Give paracetamol; if the fit goes on, diazepam.", 1),
        ("口服扑热息痛。", 2 / 3),
        ("口服对乙酰氨基酚和阿奇霉素，静注地西泮。", 4 / 5),
        ("口服对乙酰氨基酚，静注地西泮，不用阿司匹林。", 1),
        ("禁用对乙酰氨基酚；地西泮可静注。", 2 / 3),
        ("多喝水。", 0),
        ("", 0),
    ],
)
def test_drugs_are_right_by_what_is_given_left_out_and_added(reply, value):
    assert drugs_grade(plan(PARACETAMOL, DIAZEPAM), reply).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("对乙酰氨基酚 10～15 mg/kg，口服，每4～6小时1次。", 1),
        ("对乙酰氨基酚每次12 mg/kg。", 1),
        ("孩子体重10 kg，对乙酰氨基酚每次100～150 mg。", 1),
        ("paracetamol 15 mg/kg by mouth", 1),
        ("对乙酰氨基酚 100～150 mg/kg。", 0),
        ("对乙酰氨基酚每次500 mg。", 0),
        ("对乙酰氨基酚每次10 mg/kg，也可每次60 mg/kg。", 0),
        ("对乙酰氨基酚，按说明书服用。", 0),
        ("布洛芬 10 mg/kg。", 0),
    ],
)
def test_a_dose_is_right_inside_the_range_or_worked_out_for_the_child(reply, value):
    assert doses_grade(plan(PARACETAMOL), reply).value == value


def test_the_ceiling_that_the_source_gives_is_no_wrong_dose():
    assert doses_grade(plan(DIAZEPAM), "地西泮0.3～0.5 mg/kg静注，单次最大量10 mg。").value == 1


def test_a_drug_that_no_table_knows_is_found_by_its_own_words():
    record = plan(UNKNOWN)
    assert drugs_grade(record, "口服样例散。").value == 1
    assert (doses_grade(record, "样例散每次2 g。").value, doses_grade(record, "样例散每次20 g。").value) == (1, 0)


def test_each_dose_is_told_with_what_became_of_it():
    score = doses_grade(plan(PARACETAMOL, DIAZEPAM), "对乙酰氨基酚10 mg/kg；地西泮3 mg/kg。")
    assert score.value == 0.5
    assert score.reason["en"] == "对乙酰氨基酚 10～15 mg/kg: right; 地西泮 0.3～0.5 mg/kg: given as 3 mg/kg"


def test_a_record_without_drugs_asks_for_none():
    assert drugs_grade(plan(), "布洛芬") is None
    assert doses_grade(plan(), "布洛芬 10 mg/kg") is None
    assert drugs_grade(knowledge("多喝水。"), "布洛芬") is None


@pytest.mark.parametrize(
    "record", [plan(PARACETAMOL), knowledge("对乙酰氨基酚退热。"), case()], ids=["plan", "knowledge", "case"]
)
def test_the_formulary_stops_a_tenfold_dose_whatever_the_task(record):
    check = DoseCheck()
    assert gate_grade(record, "对乙酰氨基酚每次15 mg/kg口服。", check).value == 1
    wrong = gate_grade(record, "对乙酰氨基酚每次150 mg/kg口服。", check)
    assert wrong.value == 0
    assert "150 mg/kg" in wrong.reason["en"]


def test_the_gate_says_nothing_of_a_reply_without_a_dose():
    assert gate_grade(case(), "诊断：热性惊厥", DoseCheck()) is None
    assert gate_grade(case(), "", DoseCheck()) is None
