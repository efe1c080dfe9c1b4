"""Tables of translated labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from tests.parse.graphs import facts

Make = Callable[..., Original]
HEADER = (
    "source_language\ttranslation_language\tsubject_id\tpredicate_id\t"
    "source_value\ttranslation_value\ttranslation_status\n"
)
LABEL = "en\tzh\tHP:0001250\trdfs:label\tSeizure\t惊厥发作\tOFFICIAL\n"


def test_a_translated_label_is_another_name_of_the_graph_s_term(original: Make) -> None:
    (found,) = parse_original(original("hp-zh.tsv", HEADER + LABEL, "graph")).triples
    assert (found.head, found.relation, found.tail) == ("Seizure", "has_alias", "惊厥发作")
    assert found.attributes == {"head_id": "HP:0001250", "language": "zh", "status": "OFFICIAL"}
    assert (found.quote, found.address.row, found.head_type) == (LABEL.strip(), 2, "symptom")


def test_synonyms_and_definitions_go_to_the_term_s_own_label(original: Make) -> None:
    rows = (
        "en\tzh\tHP:0001250\toboInOwl:hasExactSynonym\tFits\t抽搐\tOFFICIAL\n"
        "en\tzh\tHP:0001250\tIAO:0000115\tA sudden episode.\t大脑神经元异常放电\tOFFICIAL\n"
        "en\tzh\tHP:0000002\trdfs:label\tHeight\t\tNOT_TRANSLATED\n"
        "en\tzh\tHP:0000003\tIAO:0000115\tSome text.\t一段文字\tOFFICIAL\n"
    )
    parsed = parse_original(original("hp-zh.tsv", HEADER + LABEL + rows, "graph"))
    assert facts(parsed) == [("Seizure", "has_alias", "惊厥发作"), ("Seizure", "has_alias", "抽搐")]
    assert [(one.text, one.address.heading_path) for one in parsed.passages] == [
        ("大脑神经元异常放电", ("Seizure", "definition"))
    ]
    assert [one.where for one in parsed.failures] == ["hp-zh.tsv:6"]


@pytest.mark.parametrize("header", ["HPO编号,英文名,中文名", "id,term,translation", "id,label_en,label_zh"])
def test_shorter_tables_are_known_by_their_headers(original: Make, header: str) -> None:
    text = f"{header}\nHP:0001945,Fever,发热\nHP:0012735,Cough,...\n"
    assert facts(parse_original(original("a.csv", text, "graph")))[:1] == [("Fever", "has_alias", "发热")]


def test_other_headers_are_mapped_by_the_declaration(original: Make) -> None:
    made = original("a.csv", "甲,乙,丙\nHP:1,Fever,发热\n", "graph", 甲="id", 乙="source_label", 丙="translation")
    assert facts(parse_original(made)) == [("Fever", "has_alias", "发热")]
