from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pedcorpus.evaluation import Comparison, Section, write_report
from pedcorpus.evaluation.report import Lines, Paragraph, Table
from pedcorpus.evaluation.report.chart import bars_png
from pedcorpus.evaluation.report.markdown import markdown
from pedcorpus.evaluation.report.overview import asked_section
from pedcorpus.evaluation.report.published import PUBLISHED
from pedcorpus.evaluation.report.tables import paper_table
from tests.evaluation.evaluated_by_hand import asked, compared, contestant, question

HOSTILE = "<script>alert(1)</script> ![x](http://a.b/c.png) | **粗** 补液"

JUDGE = Section("judge", {"zh": "评判", "en": "Judge"}, [Paragraph("42 : 7")], {"wins": 42})


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("compared")
    what = asked(*(question(number) for number in range(6)), question(9, task="ward<b>", text="<i>发热</i>？"))
    return compared(folder, contestant("base", lambda _: "不知道"), contestant("sft", lambda _: HOSTILE), asking=what)


@pytest.fixture(scope="module")
def folder(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("report")
    write_report(comparison, place, more=[JUDGE])
    return place


class Tags(HTMLParser):
    """Every tag with its attributes, and whether all are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "input", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_no_network_and_runs_no_script(folder: Path) -> None:
    text = (folder / "report.html").read_text("utf-8")
    found = Tags(text)
    assert found.open == []
    assert not {"script", "link", "iframe", "i", "b"} & set(found.tags)
    assert found.addresses
    assert all(address.startswith("data:image/png;base64,") for address in found.addresses)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_what_a_model_wrote_is_no_markdown(folder: Path) -> None:
    text = (folder / "report.md").read_text("utf-8")
    assert "<script>" not in text.replace("\\<script\\>", "")
    linked = re.findall(r"(?<!\\)!\[[^\]]*\]\(([^)]*)\)", text)
    assert sorted(linked) == [path.name for path in sorted(folder.glob("*.png"))]


def test_pictures_stand_beside_the_report(folder: Path) -> None:
    names = [path.name for path in sorted(folder.glob("*.png"))]
    assert names == ["medical-medkqa.png", "medical-ward-b-.png", "paper-medkqa.png", "paper-ward-b-.png"]
    assert all(Image.open(BytesIO((folder / name).read_bytes())).format == "PNG" for name in names)


def test_the_json_has_every_figure_as_a_number(folder: Path, comparison: Comparison) -> None:
    told = json.loads((folder / "report.json").read_text("utf-8"))
    assert len(told["figures"]["figures"]) == len(comparison.cells)
    assert told["figures"]["tests"][0]["against"] == "base"
    assert told["judge"] == {"wins": 42}
    assert told["models"]["sft"]["lineage"] == {"run": "0001-v1"}
    assert told["asked"]["questions"] == {"medkqa": 6, "ward<b>": 1}


def test_further_sections_stand_before_the_examples(folder: Path) -> None:
    text = (folder / "report.md").read_text("utf-8")
    assert text.index("## 结果") < text.index("## 评判") < text.index("## 胜例与负例")


def test_the_same_comparison_gives_the_same_bytes(comparison: Comparison, folder: Path, tmp_path: Path) -> None:
    again = write_report(comparison, tmp_path, more=[JUDGE])
    assert [path.read_bytes() for path in again] == [(folder / path.name).read_bytes() for path in again]


def test_the_paper_s_own_figures_stand_below_named_as_such(comparison: Comparison) -> None:
    table = paper_table(comparison, comparison.parts[0])
    name, *figures = table.rows[-1]
    assert isinstance(name, dict)
    assert "not comparable" in name["en"]
    assert figures == [f"{PUBLISHED['medkqa']['rouge_l']:.2f}"]
    assert [row[0] for row in paper_table(comparison, comparison.parts[1]).rows] == ["base", "sft"]


def test_the_best_of_a_column_stands_out_and_a_certain_difference_has_a_star(tmp_path: Path) -> None:
    what = asked(*(question(number) for number in range(12)))
    found = compared(tmp_path, contestant("base", lambda _: "？"), contestant("sft", lambda _: "补液"), asking=what)
    table = paper_table(found, found.parts[0])
    assert [row[1] for row in table.rows[:2]] == ["0.00", "100.00*"]
    assert table.strong == {(1, 1)}


def test_a_gain_is_shown_with_its_evidence(folder: Path) -> None:
    text = (folder / "report.md").read_text("utf-8")
    example = text[text.index("## 胜例与负例") :]
    assert "知识问答 · sft 胜（+100.0）" in example.replace("\\", "")
    assert "依据：guideline › 第一节" in example
    assert "> 先补液。" in example


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    what = replace(asked(), left_out=(("answer_in_training", 3),))
    found = compared(tmp_path, contestant("sft", lambda text: None if "第2" in text else "补液"), asking=what)
    text = markdown({"zh": "评测", "en": "Evaluation"}, [asked_section(found)], "en")
    assert "| the reference answer stands in training texts to the set share | 3 |" in text
    assert "| not answered by sft | 1 |" in text


def test_without_a_chinese_font_a_chart_is_english(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.evaluation.report.chart.chinese_fonts", list)
    arguments = comparison, comparison.parts[0], comparison.measures
    chinese, english = bars_png(*arguments, "zh"), bars_png(*arguments, "en")
    assert chinese == english
    assert Image.open(BytesIO(english)).size[0] > 100


def test_a_section_may_hold_a_table_and_texts_as_they_are() -> None:
    table = Table(("评委", "胜"), [("甲|乙", "3")], strong=frozenset({(0, 1)}))
    section = Section("judge", {"zh": "评判", "en": "Judge"}, [table, Lines([("甲", "a\nb")])])
    text = markdown({"zh": "评测", "en": "Evaluation"}, [section], "zh")
    assert "| 甲\\|乙 | **3** |" in text
    assert "> a\n> b" in text
