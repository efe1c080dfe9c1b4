import pytest

from pedcorpus.generate.aspects import aspect_of, is_left_out, is_structural


@pytest.mark.parametrize(
    ("heading", "aspect"),
    [
        ("病因病机", "cause"),
        ("发病机制", "mechanism"),
        ("临床表现", "manifestation"),
        ("辅助检查", "examination"),
        ("诊断与鉴别诊断", "diagnosis"),
        ("鉴别诊断", "differential"),
        ("辨证论治", "treatment"),
        ("热性惊厥的治疗", "treatment"),
        ("调护", "care"),
        ("预后", "prognosis"),
        ("Clinical features", "manifestation"),
        ("热性惊厥", None),
        ("元气虚弱", None),
        ("预防接种反应", None),  # a condition that opens with the name of an aspect
    ],
)
def test_headings_name_aspects(heading, aspect):
    assert aspect_of(heading) == aspect


@pytest.mark.parametrize("heading", ["应用例案", "文献摘录", "简便验方", "自学时数", "参考文献"])
def test_cases_citations_and_recipes_are_left_out(heading):
    assert is_left_out(heading)


@pytest.mark.parametrize("heading", ["神经系统疾病", "各论", "生长发育", "望诊"])
def test_divisions_of_a_book_are_no_diseases(heading):
    assert is_structural(heading)
