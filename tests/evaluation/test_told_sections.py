"""Sections of a report: what a judge, doctors and medical grades say, in both languages."""

import json

from pedcorpus.evaluation import votes_report, votes_section
from pedcorpus.evaluation.judge import doctors_agreement, judge_report, judge_section
from pedcorpus.evaluation.report import Language, Paragraph, Picture, Section, Table, said, write_sections
from pedcorpus.evaluation.votes import pair_verdicts
from tests.evaluation.judge.by_hand import pair
from tests.evaluation.votes_by_hand import handed_in, judged

NAMES = ("甲", "乙")
VOTES = [*judged("wang", "1", "aab"), *judged("li", "1", "aab")]


def of_judge() -> Section:
    found = [pair("1111", "2222", pair_id="1"), pair("1111", "1111", pair_id="2")]
    report = judge_report("scripted", found, pairs=4, unusable={"refused": 1}, missing=1)
    return judge_section(NAMES, report, doctors_agreement(found, pair_verdicts(VOTES, handed_in("wang"), run_a="A")))


def words(section: Section, language: Language) -> str:
    return "\n".join(said(block.text, language) for block in section.blocks if isinstance(block, Paragraph))


def test_a_judges_section_has_results_biases_chart_and_the_doctors():
    section = of_judge()
    results, doctors = (block for block in section.blocks if isinstance(block, Table))
    assert results.rows[0][1:] == ["2", "1 (50.0 %)", "1 (50.0 %)", "0 (0.0 %)", "1.3–98.7 %", "1", "1"]
    assert doctors.rows[0][:3] == ["overall / overall", "1", "100.0 %"]
    assert any(isinstance(block, Picture) and block.png.startswith(b"\x89PNG") for block in section.blocks)
    assert "Unusable judgements: refused 1. 1 judgements are missing." in words(section, "en")
    assert "先出现的回答被选中 12/16" in words(section, "zh")


def test_doctors_votes_name_no_doctor():
    report = votes_report(VOTES, handed_in("wang", "li"), run_a="A", run_b="B", pairs=3)
    section = votes_section(NAMES, report)
    (results,) = (block for block in section.blocks if isinstance(block, Table))
    assert results.rows[0][1:5] == ["1", "1 (100.0 %)", "0 (0.0 %)", "0 (0.0 %)"]
    assert "2 doctors judged 1 of 3 pairs" in words(section, "en")
    assert "wang" not in json.dumps(section.data)


def test_sections_are_written_in_all_three_forms(tmp_path):
    section = of_judge()
    paths = write_sections({"zh": "题", "en": "title"}, [section], tmp_path, "zh")
    assert [path.name for path in paths] == ["report.html", "report.md", "report.json", "judge-甲-乙.png"]
    told = json.loads((tmp_path / "report.json").read_bytes())[section.key]
    assert (told["judge"], told["aspects"]["correctness"]["win"]["pairs"]) == ("scripted", 1)
