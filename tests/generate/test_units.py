from pedcorpus.generate.diseases import read_entries
from pedcorpus.generate.outline import outline
from pedcorpus.generate.units import section_units
from tests.generate.shelf import FRAGMENT, book


def units(*rows, max_chars=400):
    return section_units(read_entries(outline(book(*rows).passages)), language="zh", max_chars=max_chars)


def answer(found, key, focus=""):
    return next("\n".join(line.text for line in u.lines) for u in found if (u.key, u.focus) == (key, focus))


def test_a_fact_is_cut_out_of_its_paragraph():
    found = section_units(read_entries(outline(FRAGMENT.passages)), language="zh", max_chars=400)
    assert answer(found, "manifestation_focus", "单纯型").startswith("单纯型发作呈全面性")
    assert answer(found, "definition") == "热性惊厥是发热时发生的惊厥。"


def test_a_list_stays_a_list():
    found = units(("1.注意保温。", "肺炎", "护理"), ("2.拍背排痰。", "肺炎", "护理"))
    assert answer(found, "care") == "1.注意保温。\n2.拍背排痰。"


def test_a_long_section_is_cut_to_whole_sentences():
    text = "肺炎可由病毒引起。" + "细菌也可引起肺炎，其中肺炎链球菌最多。" * 20
    found = answer(units((text, "肺炎", "病因"), max_chars=60), "cause")
    assert len(found) <= 60
    assert found.endswith("。")


def test_labelled_causes_are_asked_one_by_one():
    found = units(("（一）禀赋不足：父母精血不足，形气怯弱。", "黄疸病", "病因"))
    assert answer(found, "cause_focus", "禀赋不足") == "父母精血不足，形气怯弱。"


def test_a_pattern_gives_its_signs_and_its_formula():
    rows = (
        ("证候：面色苍黄，苔薄白。", "黄疸病", "常见证治", "1.元气虚弱"),
        ("治法：温补下元。", "黄疸病", "常见证治", "1.元气虚弱"),
        ("方例：保元汤。", "黄疸病", "常见证治", "1.元气虚弱"),
    )
    found = units(*rows)
    assert answer(found, "manifestation_syndrome", "元气虚弱") == "面色苍黄，苔薄白。"
    assert answer(found, "treatment_syndrome", "元气虚弱") == "治法：温补下元。\n方例：保元汤。"


def test_a_pattern_that_no_question_can_name_does_not_speak_for_the_disease():
    rows = (
        ("证候：低热不退，口渴干呕。", "暑温病", "常见证治", "（2）余热未清，气阴已伤"),
        ("治法：清热除烦。", "暑温病", "常见证治", "（2）余热未清，气阴已伤"),
    )
    assert units(*rows) == []


def test_what_points_at_a_figure_is_not_used():
    assert units(("见图3。", "肺炎", "诊断")) == []


def test_the_same_question_is_asked_once():
    found = units(("多发热。", "肺炎", "临床表现"), ("热型不定，常有咳嗽。", "肺炎", "临床表现"))
    assert len({(unit.key, unit.focus) for unit in found}) == len(found)
