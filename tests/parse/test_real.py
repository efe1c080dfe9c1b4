"""Text that nobody here wrote parses whole, in order, under headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.normalise import fold
from pedcorpus.parse import Original, Parsed, parse_original, read_text

pytestmark = pytest.mark.real
Make = Callable[..., Original]


def read(make: Make, path: Path, kind: str = "textbook") -> tuple[Original, Parsed]:
    made = make(path.name, path.read_bytes(), kind)
    return made, parse_original(made)


def assert_sound(parsed: Parsed) -> None:
    assert parsed.failures == ()
    assert all("\ufffd" not in passage.text for passage in parsed.passages)
    assert len({passage.id for passage in parsed.passages}) == len(parsed.passages)


def test_every_textbook_chapter_parses_under_headings(original: Make, real_data: Path) -> None:
    files = sorted((real_data / "textbook_md" / "gmzyjc_ek").glob("*.md"))
    assert len(files) > 50
    for path in files:
        made, parsed = read(original, path)
        assert_sound(parsed)
        assert all(passage.address.heading_path for passage in parsed.passages)
        text = read_text(made).text
        starts = [passage.address.start or 0 for passage in parsed.passages]
        assert starts == sorted(starts)
        plain = [
            one
            for one in parsed.passages
            if one.kind != "table" and "**" not in text[one.address.start : one.address.end]
        ]
        assert all(text[one.address.start : one.address.end] == one.text for one in plain)


def test_a_disease_s_aspects_are_its_headings(original: Make, real_data: Path) -> None:
    _, parsed = read(original, real_data / "textbook_md" / "gmzyjc_ek" / "ekgl03-0.5.0.0.0.md")
    paths = {passage.address.heading_path[1:] for passage in parsed.passages}
    assert {
        ("病因病机",),
        ("辨证论治", "（二）论治要点"),
        ("辨证论治", "（三）常见证治", "1.邪在卫分"),
        ("调护",),
    } <= paths


def test_classics_in_gb18030_parse_by_their_markup(original: Make, real_data: Path) -> None:
    for path in sorted((real_data / "textbook_gbk").glob("*.txt")):
        _, parsed = read(original, path)
        assert_sound(parsed)
        assert parsed.document.encoding == "gb18030"
        assert all(len(passage.address.heading_path) >= 2 for passage in parsed.passages)
        assert not any("属性：" in passage.text or "<" in passage.text[:1] for passage in parsed.passages)


def test_a_printed_paper_is_read_in_order(original: Make, real_data: Path) -> None:
    (path,) = (real_data / "pdf_zh").glob("*.pdf")
    _, parsed = read(original, path)
    assert_sound(parsed)
    sections = list(
        dict.fromkeys(one.address.heading_path[1] for one in parsed.passages if len(one.address.heading_path) > 1)
    )
    numbered = [title for title in sections if title[0].isdigit()]
    assert [title.partition(".")[0] for title in numbered] == [str(number) for number in range(1, 11)]
    pages = [one.address.page or 0 for one in parsed.passages]
    assert pages == sorted(pages)
    prose = [
        one.text for one in parsed.passages if one.address.heading_path[1:] and one.address.heading_path[1][0].isdigit()
    ]
    assert sum(text.endswith(("。", "：")) for text in prose) >= 0.9 * len(prose)


def test_the_disease_ontology_s_pairs_become_symptoms(original: Make, real_data: Path) -> None:
    made, parsed = read(original, real_data / "kg_doid" / "disease-symptom.tsv", "graph")
    assert_sound(parsed)
    assert len(parsed.triples) > 2000
    assert {one.relation for one in parsed.triples} == {"has_symptom"}
    lines = read_text(made).text.split("\n")
    assert all(lines[(one.address.row or 0) - 1] == one.quote for one in parsed.triples)


PAPERS = "papers_chinaxiv"


def overlap(one: str, other: str) -> float:
    """Share of eight-character runs that two texts have in common."""
    left, right = (Counter(text[at : at + 8] for at in range(len(text) - 7)) for text in (one, other))
    return (left & right).total() / max(left.total(), right.total())


def test_papers_as_markdown_and_as_lists_of_blocks_are_the_same_text(original: Make, real_data: Path) -> None:
    files = sorted((real_data / PAPERS / "md").glob("*.md"))
    assert len(files) == 8
    for path in files:
        _, page = read(original, path)
        _, blocks = read(original, real_data / PAPERS / "json" / f"{path.stem}.json")
        for parsed in (page, blocks):
            assert_sound(parsed)
        assert blocks.document.parser.startswith("mineru_json@")
        texts = [fold("".join(passage.text for passage in one.passages)) for one in (page, blocks)]
        assert overlap(*texts) >= 0.95
        pages = [passage.address.page or 0 for passage in blocks.passages]
        assert pages == sorted(pages)
        assert pages[0] == 1


def test_papers_have_their_sections_and_hardly_a_formula_is_left(original: Make, real_data: Path) -> None:
    left = total = 0
    for path in sorted((real_data / PAPERS / "json").glob("*.json")):
        _, parsed = read(original, path)
        first = {passage.address.heading_path[0] for passage in parsed.passages if passage.address.heading_path}
        assert any("参考文献" in title for title in first)
        assert all(len(title) < 200 and "$" not in title for title in first)
        assert not any(title.startswith(("表", "图")) for title in first)
        left += sum(passage.text.count("\\mathrm") for passage in parsed.passages)
        total += path.read_text(encoding="utf-8").count("\\\\mathrm")
    assert left <= 0.05 * total


def test_tables_of_papers_are_full_grids(original: Make, real_data: Path) -> None:
    for path in sorted((real_data / PAPERS / "md").glob("*.md")):
        _, parsed = read(original, path)
        for table in (passage.text for passage in parsed.passages if passage.kind == "table"):
            assert "<t" not in table
