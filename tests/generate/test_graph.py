from pedcorpus.generate.graph import GENERATOR
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import graph

ROWS = [
    ("麻疹", "has_symptom", "发热"),
    ("麻疹", "has_symptom", "皮疹"),
    ("麻疹", "has_symptom", "麻疹黏膜斑"),
    ("麻疹", "has_symptom", "畏光流泪"),
    ("麻疹", "treated_with", "呼吸道隔离"),
    ("麻疹", "treated_by", "维生素A"),
    ("麻疹", "requires_exam", "麻疹病毒抗体"),
    ("麻疹", "has_complication", "肺炎"),
    ("麻疹", "differs_from", "风疹"),
    ("肺炎", "treated_by", "阿莫西林"),
    ("风疹", "has_symptom", "发热"),
    ("风疹", "has_symptom", "皮疹"),
    ("风疹", "has_symptom", "耳后淋巴结肿大"),
    ("风疹", "requires_exam", "风疹病毒抗体"),
]


def drafts(task=None, rows=ROWS, language="zh"):
    found = GENERATOR.drafts(graph(rows, language), GenerateSettings())
    return [draft for draft in found if task in (None, draft.task)]


def test_relations_are_stated_as_framed_sentences():
    answers = {draft.answer for draft in drafts("medkqa") if draft.topic == "麻疹"}
    assert "麻疹常见的表现有：发热、皮疹、麻疹黏膜斑、畏光流泪。" in answers


def test_a_two_hop_question_tells_near_diseases_apart():
    answer = next(d.answer for d in drafts("medkqa") if "都可出现" in d.answer)
    assert answer.splitlines()[1:] == ["风疹还可有：耳后淋巴结肿大。", "麻疹还可有：畏光流泪、麻疹黏膜斑。"]


def test_a_two_hop_question_reaches_the_treatment_of_a_complication():
    assert any(d.answer.endswith("肺炎常用的治疗药物有：阿莫西林。") for d in drafts("medkqa") if d.topic == "麻疹")


def test_a_case_holds_what_singles_the_disease_out_and_names_its_rival():
    case = next(draft for draft in drafts("evidiag") if draft.topic == "麻疹")
    assert {"麻疹黏膜斑", "畏光流泪"} & set(case.findings)
    assert [item.disease for item in case.differentials] == ["风疹"]


def test_no_case_is_made_of_a_disease_that_cannot_be_singled_out():
    rows = [("甲病", "has_symptom", s) for s in "abc"] + [("乙病", "has_symptom", s) for s in "abcd"]
    assert {draft.topic for draft in drafts("evidiag", rows)} == {"乙病"}


def test_no_age_is_invented_where_the_graph_gives_none():
    assert {draft.patient.age_months for draft in drafts("evidiag") + drafts("trerecom")} == {None}


def test_a_plan_lists_examinations_treatments_and_drugs():
    plan = next(draft for draft in drafts("trerecom") if draft.topic == "麻疹")
    assert [step.text for step in plan.plan] == ["完善检查：麻疹病毒抗体。", "治疗措施：呼吸道隔离。"]
    assert [drug.name for drug in plan.drugs] == ["维生素A"]
    assert plan.cautions[0].text == "警惕并发症：肺炎。"


def test_an_english_graph_asks_in_english():
    rows = [("measles", "has_symptom", "fever"), ("measles", "has_symptom", "rash")]
    draft = drafts(rows=rows, language="en")[0]
    assert draft.answer == "Measles commonly presents with: fever, rash."
    assert "measles" in draft.question.lower()


def test_the_order_of_triples_does_not_matter_but_for_their_rows():
    assert [d.id for d in drafts()] == [d.id for d in GENERATOR.drafts(_reversed(graph(ROWS)), GenerateSettings())]


def _reversed(material):
    return type(material)(material.source, material.document, (), material.triples[::-1])
