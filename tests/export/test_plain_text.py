from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from pedcorpus.export import Release
from pedcorpus.export.plain_text import passage_texts, statement_texts
from pedcorpus.export.split import TEST
from pedcorpus.records import Address, Box, Passage, PassageKind, Tier, Triple
from pedcorpus.settings import ExportSettings
from tests.export.sample import BOOK_FILE, DISEASES, GRAPH_FILE, sample_release
from tests.export.written import finder_for, rendered, splits_by_id


def passages(release: Release) -> list[tuple[str, str]]:
    return [(item.text, item.split) for item in passage_texts(release, finder_for(release), Counter())]


def topics_in(release: Release, split: str) -> list[str]:
    splits = splits_by_id(release)
    return [row["topic"] for row in rendered(release) if splits[row["id"]] == split and "book" in row["group"]]


def passage(position: int, text: str, *headings: str, kind: PassageKind = PassageKind.PARAGRAPH) -> Passage:
    address = Address(heading_path=headings)
    return Passage(document=BOOK_FILE, position=position, text=text, kind=kind, address=address)


def test_a_section_is_one_row_under_its_headings() -> None:
    first = DISEASES[0]
    expected = f"第一章 常见病 › 第1节 水痘\n{first.cause}\n{first.signs}\n{first.treatment}"
    assert expected in [text for text, _ in passages(sample_release())]


def test_a_long_section_is_cut_between_passages_only() -> None:
    parts = tuple(passage(number, f"{number}" * 60, "绪论") for number in range(3))
    release = sample_release(passages=parts, settings=ExportSettings(cpt_passage_chars=125))
    bodies = [text.split("\n")[1:] for text, _ in passages(release)]
    assert bodies == [["0" * 60, "1" * 60], ["2" * 60]]


def test_captions_and_footnotes_are_no_running_text() -> None:
    parts = (passage(0, "图1 皮疹", "绪论", kind=PassageKind.CAPTION), passage(1, "正文。", "绪论"))
    assert [text for text, _ in passages(sample_release(passages=parts))] == ["绪论\n正文。"]


def test_exercises_and_references_are_no_running_text() -> None:
    exercise = passage(0, "1.何谓胎黄？", "绪论").model_copy(update={"attributes": {"apparatus": "exercise"}})
    parts = (exercise, passage(1, "正文。", "绪论"))
    assert [text for text, _ in passages(sample_release(passages=parts))] == ["绪论\n正文。"]


def scanned(position: int, text: str, *confidence: float | None) -> Passage:
    boxes = tuple(
        Box(page=1, x0=0, y0=0, x1=9, y1=9, start=at, end=at + 1, confidence=sure) for at, sure in enumerate(confidence)
    )
    found = passage(position, text, "绪论")
    return found.model_copy(update={"address": found.address.model_copy(update={"boxes": boxes})})


def test_a_passage_that_ocr_was_not_sure_of_is_left_out_and_counted() -> None:
    parts = (scanned(0, "每次lOml。", 0.99, 0.6), scanned(1, "每次10ml。", 0.9, None), scanned(2, "正文。"))
    release = sample_release(passages=parts)
    assert [text for text, _ in passages(release)] == ["绪论\n每次10ml。\n正文。"]
    unsure = Counter()
    assert list(passage_texts(release, finder_for(release), unsure))
    assert unsure == {"book": 1}


def test_the_settings_say_how_sure_is_sure_enough() -> None:
    release = replace(sample_release(passages=(scanned(0, "每次10ml。", 0.8),)), ocr_confidence=0.7)
    assert [text for text, _ in passages(release)] == ["绪论\n每次10ml。"]


def test_text_of_a_section_goes_where_its_rows_go() -> None:
    release = sample_release()
    splits = splits_by_id(release)
    by_topic = {row["topic"]: splits[row["id"]] for row in rendered(release) if "book" in row["group"]}
    for text, split in passages(release):
        topic = next(name for name in by_topic if name in text.split("\n")[0])
        assert split == by_topic[topic]


def test_a_passage_that_a_held_out_row_quotes_is_held_out_wherever_it_stands() -> None:
    release = sample_release()
    finder, splits = finder_for(release), splits_by_id(release)
    (table,) = release.stream.mapped(lambda stored: stored)
    trained = [splits[name] == "train" for name in table.column("id").to_pylist()]
    cited = table.filter(trained).slice(0, 1).column("evidence")
    item = cited.to_pylist()[0][0]
    section = (item["document"], *item["address"]["heading_path"])
    assert finder.split_of(item["origin_id"], section=section, source="book", names=()) == "train"
    finder.note(release.stream.keys().column("topic").slice(0, 1), cited, np.array([TEST], np.int8))
    assert finder.split_of(item["origin_id"], section=("elsewhere",), source="book", names=()) == "test"


def test_an_unquoted_section_on_a_held_out_disease_is_held_out() -> None:
    topic = topics_in(sample_release(), "test")[0]
    extra = tuple(passage(number, f"{number}。", f"第{number}章", f"{number}. {topic}", "预后") for number in range(20))
    assert {split for _, split in passages(sample_release(passages=extra))} == {"test"}


def test_an_unquoted_part_of_a_held_out_section_is_held_out() -> None:
    topic = topics_in(sample_release(), "test")[0]
    number = [disease.name for disease in DISEASES].index(topic)
    headings = ("第一章 常见病", f"第{number + 1}节 {topic}")
    extra = tuple(passage(number, f"{number}。", *headings, f"其他{number}") for number in range(20))
    assert {split for _, split in passages(sample_release(passages=extra))} == {"test"}


def test_text_that_no_row_rests_on_is_split_by_section() -> None:
    extra = tuple(passage(number, f"{number}。", f"附录{number}") for number in range(300))
    release = sample_release(passages=extra, settings=ExportSettings(validation_share=0.3, test_share=0.3))
    splits = [split for _, split in passages(release)]
    assert all(60 < splits.count(split) < 160 for split in ("train", "validation", "test"))


def test_text_obeys_the_tier_of_its_work() -> None:
    release = sample_release(tier=Tier.OPEN)
    finder = finder_for(release)
    assert list(passage_texts(release, finder, Counter()))
    assert not list(statement_texts(release, finder))


def test_text_of_a_work_that_was_not_handed_in_stays_out() -> None:
    release = sample_release(documents=())
    assert not passages(release)


def test_a_statement_lists_what_a_graph_says_by_one_relation() -> None:
    release = sample_release()
    texts = {item.text for item in statement_texts(release, finder_for(release))}
    assert "水痘常用的治疗药物有：炉甘石洗剂。" in texts
    assert len(texts) == 20


def test_a_relation_without_words_of_the_language_is_left_out() -> None:
    def triple(relation: str) -> Triple:
        return Triple(
            document=GRAPH_FILE, head="甲", relation=relation, tail="乙", quote="甲乙", address=Address(row=2)
        )

    release = sample_release(triples=(triple("别名"), triple("umls_code")))
    assert [item.text for item in statement_texts(release, finder_for(release))] == ["甲的别名：乙。"]
