"""The sample shelf: declared, whole, plausible, and marked as no text to treat a child by."""

import csv
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pymupdf
import pytest

from pedcorpus.parse import Original, parse_original, read_declaration
from pedcorpus.records import DialoguePurpose, Domain, Source, SourceKind, Tier

ROOT = Path(__file__).parents[1]
SHELF = ROOT / "sources"
FACTS = ROOT.parent / "shared/facts/drugs.tsv"
NOTICE = "样例数据，仅供软件演示，不得用于诊疗"
WORKS = sorted(path.parent for path in SHELF.glob("*/source.toml"))
TEXTBOOK = SHELF / "textbook-neuro-resp"
PDF = TEXTBOOK / "chapter-07.pdf"
RELATIONS = {
    "has_symptom", "requires_exam", "treated_by", "treated_with", "has_complication", "caused_by",
    "belongs_to_department", "differs_from", "prevented_by",
}  # fmt: skip


def rows_of(name):
    with (SHELF / "graph-childhood-diseases" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tails_of(relation):
    tails = defaultdict(set)
    for row in rows_of("triples.csv"):
        if row["relation"] == relation:
            tails[row["head"]].add(row["tail"])
    return tails


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """The PDF set twice from the committed text, by two processes."""
    files = [tmp_path_factory.mktemp("pdf") / f"{number}.pdf" for number in (1, 2)]
    for file in files:
        subprocess.run([sys.executable, TEXTBOOK / "build_pdf.py", file], check=True)
    return files


@pytest.mark.parametrize("folder", WORKS, ids=lambda folder: folder.name)
def test_each_work_is_declared_open_and_as_a_sample(folder):
    text = (folder / "source.toml").read_text(encoding="utf-8")
    source = read_declaration(text, where=str(folder), folder_name=folder.name).source
    assert (source.license, source.tier, source.language) == ("CC0-1.0", Tier.OPEN, "zh")
    assert "样例" in source.title
    assert "样例" in source.attribution


def test_the_shelf_holds_every_kind_of_work():
    kinds = {
        read_declaration((f / "source.toml").read_text("utf-8"), where="", folder_name=f.name).source.kind
        for f in WORKS
    }
    assert kinds == set(SourceKind)


@pytest.mark.parametrize(
    "file",
    [f for folder in WORKS for f in sorted(folder.iterdir()) if f.suffix in {".md", ".txt", ".csv", ".jsonl"}],
    ids=lambda file: file.name,
)
def test_each_text_says_that_it_is_not_for_care(file):
    assert NOTICE in file.read_text(encoding="utf-8")


def test_each_page_of_the_pdf_says_that_it_is_not_for_care():
    with pymupdf.open(PDF) as document:
        assert all(NOTICE in page.get_text() for page in document)


def test_setting_the_pdf_twice_gives_the_same_bytes(rebuilt):
    first, second = rebuilt
    assert first.read_bytes() == second.read_bytes()


def test_the_committed_pdf_is_what_its_text_gives(rebuilt):
    with pymupdf.open(PDF) as committed, pymupdf.open(rebuilt[0]) as built:
        assert [page.get_text() for page in committed] == [page.get_text() for page in built]
        if committed.metadata == built.metadata:  # names the library's version, which decides on the bytes
            assert PDF.read_bytes() == rebuilt[0].read_bytes()


def test_the_pdf_has_what_a_reader_of_textbooks_must_cope_with():
    with pymupdf.open(PDF) as document:
        assert 8 <= len(document) <= 12
        assert [level for level, *_ in document.get_toc()].count(2) == 6
        assert any(
            "与支气管炎" not in page.get_text() and page.get_drawings()[2:] for page in document
        )  # a ruled table
        starts = {round(block[0]) for page in document for block in page.get_text("blocks")}
    assert max(starts) > 300  # a second column


def test_heads_and_tails_of_the_graph_are_entities_of_the_stated_type():
    types = {row["name"]: row["type"] for row in rows_of("entities.csv")}
    stated = {(row[end], row[f"{end}_type"]) for row in rows_of("triples.csv") for end in ("head", "tail")}
    assert stated <= types.items()


def test_the_graph_keeps_to_the_published_relations_and_says_nothing_twice():
    rows = [(row["head"], row["relation"], row["tail"]) for row in rows_of("triples.csv")]
    assert {relation for _, relation, _ in rows} == RELATIONS
    assert len(rows) == len(set(rows))


def test_each_disease_can_be_asked_about():
    symptoms = tails_of("has_symptom")
    assert len(symptoms) >= 30
    assert min(map(len, symptoms.values())) >= 6
    for relation in ("requires_exam", "has_complication", "belongs_to_department", "differs_from"):
        assert tails_of(relation).keys() == symptoms.keys()


def test_neighbours_in_the_graph_can_be_told_apart():
    symptoms, neighbours = tails_of("has_symptom"), tails_of("differs_from")
    alike = [
        (head, tail)
        for head, tails in neighbours.items()
        for tail in tails & symptoms.keys()
        if len(symptoms[head] - symptoms[tail]) < 2
    ]
    assert alike == []


def test_the_guideline_grades_its_recommendations_in_several_ways():
    text = (SHELF / "guideline-febrile-child/guideline.md").read_text(encoding="utf-8")
    recommendations = re.findall(r"^推荐(?:意见)?\d+.*", text, re.MULTILINE)
    assert len(recommendations) >= 15
    assert sum("不推荐" in item or "不建议" in item for item in recommendations) >= 3
    assert re.search(r"（证据等级3b，推荐强度B）", text)
    assert re.search(r"（1B）", text)
    assert re.search(r"证据等级：B；推荐级别：强推荐", text)


def test_consultations_go_back_and_forth_and_name_nobody():
    lines = (SHELF / "consultations/dialogues.jsonl").read_text(encoding="utf-8").splitlines()
    dialogues = [json.loads(line) for line in lines]
    assert len(dialogues) >= 8
    for dialogue in dialogues:
        roles = [turn["role"] for turn in dialogue["turns"]]
        assert roles[:2] == ["patient", "doctor"]
        assert len(roles) >= 4
        assert not re.search(r"\d{7,}|我叫|先生|女士", json.dumps(dialogue["turns"], ensure_ascii=False))


def test_the_data_set_has_rows_of_every_purpose():
    data = (SHELF / "instructions/rows.jsonl").read_bytes()
    source = Source(id="instructions", kind=SourceKind.DATASET, title="样例")
    parsed = parse_original(Original(source, "rows.jsonl", data))
    assert parsed.failures == ()
    assert {one.purpose for one in parsed.dialogues} == set(DialoguePurpose) - {DialoguePurpose.CONSULTATION}
    assert {one.domain for one in parsed.dialogues} == set(Domain)


def facts_by_drug():
    """Published rows of each drug by each of its names; `静脉补液(林格/生理盐水)` has three."""
    rows = defaultdict(list)
    with FACTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for name in re.split(r"[()/]", row["zh"]):
                rows[name].append(row)
    rows.pop("", None)
    return rows


def doses_of(text, names):
    """(drug, low, high, unit, daily, single maximum) of each per-kilogram dose, by the nearest drug named before it."""
    drug = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    dose = re.compile(r"([\d.]+)(?:～([\d.]+))? ?(mg|g|ml|μg)/(kg|\(kg·d\))([^；。]*?单次最大量([\d.]+) (mg|g|ml))?")
    for line in text.splitlines():
        for found in dose.finditer(line):
            before = drug.findall(line[: found.start()])
            yield (before or [line])[-1], found


def within(found, rows):
    """Does a published row allow the dose and its ceiling?"""
    low, high = float(found[1]), float(found[2] or found[1])
    unit, daily = f"{found[3]}/kg", found[4] != "kg"
    rows = [row for row in rows if row["unit"].casefold() == unit.casefold() and row["dose_low"]]
    same = [row for row in rows if row["basis"] == "per_day"] if daily else rows
    lowest, highest = (f([float(row[key]) for row in same]) for f, key in ((min, "dose_low"), (max, "dose_high")))
    ceilings = [float(row["max_single"]) for row in rows if row["max_single"]]
    in_mg = float(found[6]) * (1000 if found[7] == "g" else 1) if found[6] else 0
    return lowest <= low <= high <= highest and (not ceilings or in_mg <= max(ceilings))


@pytest.mark.real
@pytest.mark.skipif(not FACTS.is_file(), reason="the published dose ranges are not part of this repository")
def test_every_dose_on_the_shelf_lies_within_published_ranges():
    facts = facts_by_drug()
    checked, wrong = 0, []
    for file in sorted(SHELF.glob("*/*")):
        if file.suffix in {".md", ".txt", ".jsonl"}:
            for name, found in doses_of(file.read_text(encoding="utf-8"), facts):
                checked += 1
                if name not in facts or not within(found, facts[name]):
                    wrong.append(f"{file.name}: {name} {found[0]}")
    assert wrong == []
    assert checked >= 40
