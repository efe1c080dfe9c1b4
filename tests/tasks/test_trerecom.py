from pedcorpus.records import Address, Basis, Evidence, Patient, Statement
from pedcorpus.tasks.trerecom import TASK, DrugOrder, TreRecom

QUOTE = "发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg。"
PLAN = TreRecom(
    task="trerecom",
    topic="热性惊厥",
    asker="junior_doctor",
    question="如何处理？",
    patient=Patient(age_months=24, weight_kg=12),
    diagnosis="热性惊厥",
    findings=("发作超过5分钟",),
    plan=(Statement(text=QUOTE, evidence=(0,)),),
    drugs=(
        DrugOrder(
            name="地西泮",
            dose_text="0.3～0.5 mg/kg",
            dose_low=0.3,
            dose_high=0.5,
            unit="mg",
            basis="per_kg_per_dose",
            route="静脉缓慢注射",
            maximum_text="单次最大量10 mg",
            computed_low=3.6,
            computed_high=6,
            evidence=0,
        ),
    ),
    follow_up=(Statement(text=TASK.safety_lines["zh"], basis=Basis.SAFETY),),
    evidence=(Evidence(source="s", document="d", origin="passage", origin_id="p", address=Address(), quote=QUOTE),),
    language="zh",
    license="CC0-1.0",
    tier="open",
    generator="rule.section@1",
)


def test_the_scene_tells_child_state_and_diagnosis():
    assert PLAN.user_text() == "2岁，体重12 kg，发作超过5分钟，诊断为热性惊厥。如何处理？"


def test_the_answer_shows_the_computed_dose_as_computed():
    assert "- 地西泮 0.3～0.5 mg/kg（按12 kg计算：3.6～6 mg），静脉缓慢注射，单次最大量10 mg" in PLAN.answer_text()


def test_claims_say_what_they_rest_on():
    bases = {claim.path: claim.basis for claim in PLAN.claims()}
    assert bases["plan.0.text"] is Basis.QUOTED
    assert bases["drugs.0.computed_low"] is Basis.COMPUTED
    assert bases["follow_up.0.text"] is Basis.SAFETY
