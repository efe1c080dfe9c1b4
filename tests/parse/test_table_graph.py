"""Graphs kept as tables: triples, pairs and entities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.limits import Limits

Make = Callable[..., Original]


def facts(parsed: object) -> list[tuple[str, str, str]]:
    return [(one.head, one.relation, one.tail) for one in parsed.triples]  # type: ignore[attr-defined]


def test_a_triples_table_quotes_its_physical_line(original: Make) -> None:
    text = "头实体,关系,尾实体,频率\n肺炎,症状,发热,常见\n肺炎,就诊科室,儿科,\n"
    parsed = parse_original(original("a.csv", text, "graph"))
    assert facts(parsed) == [("肺炎", "has_symptom", "发热"), ("肺炎", "belongs_to_department", "儿科")]
    first = parsed.triples[0]
    assert (first.quote, first.address.row, first.attributes) == ("肺炎,症状,发热,常见", 2, {"频率": "常见"})
    assert text[first.address.start : first.address.end] == first.quote


def test_a_table_of_pairs_states_the_relation_in_its_header(original: Make) -> None:
    text = "disease_id\tdisease_label\tsymptom_id\tsymptom_label\nD1\tflu\tS1\tdry cough, at night\n"
    (found,) = parse_original(original("a.tsv", text, "graph")).triples
    assert (found.head, found.relation, found.tail) == ("flu", "has_symptom", "dry cough, at night")
    assert (found.quote, found.attributes["symptom_id"]) == ("D1\tflu\tS1\tdry cough, at night", "S1")


def test_an_entity_table_gives_a_triple_for_each_value(original: Make) -> None:
    text = 'name,症状,常用药品,desc\n肺炎,"发热，咳嗽",阿莫西林/克拉维酸,"肺炎是肺部的炎症，多由感染引起。预后好。"\n'
    parsed = parse_original(original("a.csv", text.encode("gb18030"), "graph"))
    assert facts(parsed) == [
        ("肺炎", "has_symptom", "发热"),
        ("肺炎", "has_symptom", "咳嗽"),
        ("肺炎", "treated_by", "阿莫西林/克拉维酸"),
    ]
    assert all(one.quote in text and one.address.entity == "肺炎" for one in parsed.triples)
    assert parsed.passages[0].address.heading_path == ("肺炎", "desc")


def test_columns_declared_by_the_work_are_believed(original: Make) -> None:
    text = "甲,乙,丙\n肺炎,症状,发热\n"
    made = original("a.csv", text, "graph", 甲="head", 乙="relation", 丙="tail")
    assert facts(parse_original(made)) == [("肺炎", "has_symptom", "发热")]


def test_an_unknown_relation_stays_as_it_is(original: Make) -> None:
    assert facts(parse_original(original("a.csv", "head,relation,tail\n肺炎,护理,通风\n", "graph"))) == [
        ("肺炎", "护理", "通风")
    ]


def test_names_that_differ_in_width_are_one_entity(original: Make) -> None:
    text = "head,relation,tail\nHIV感染,症状,发热\nＨＩＶ感染,症状,皮疹\nHIV感染,has_symptom,发热\n"
    assert facts(parse_original(original("a.csv", text, "graph"))) == [
        ("HIV感染", "has_symptom", "发热"),
        ("HIV感染", "has_symptom", "皮疹"),
    ]


def test_a_bad_row_is_a_failure_with_its_line_and_the_rest_goes_on(original: Make) -> None:
    text = 'head,relation,tail\n肺炎,,发热\n"多,行\n名",症状,发热\n肺炎,症状,发热,多一格\n哮喘,症状,喘息\n'
    parsed = parse_original(original("a.csv", text, "graph"))
    assert [one.head for one in parsed.triples] == ["多,行\n名", "哮喘"]
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.csv:2", "bad_row"), ("a.csv:5", "bad_row")]
    assert parsed.triples[1].address.row == 6


def test_missing_columns_are_named_in_one_line(original: Make) -> None:
    with pytest.raises(InputError, match="found the columns 甲, 乙; expected head, relation, tail") as refused:
        parse_original(original("a.csv", "甲,乙\n1,2\n", "graph"))
    assert refused.value.reason == "missing_columns"


def test_a_quotation_mark_left_open_costs_its_line_only(original: Make) -> None:
    text = 'head,relation,tail\n肺炎,症状,"发热\n哮喘,症状,喘息\n\n麻疹,症状,皮疹\n'
    parsed = parse_original(original("a.csv", text, "graph"))
    assert [(one.head, one.address.row) for one in parsed.triples] == [("哮喘", 3), ("麻疹", 5)]
    assert [one.where for one in parsed.failures] == ["a.csv:2"]


def test_a_cell_that_is_too_long_costs_its_row_only(original: Make) -> None:
    text = f'head,relation,tail\n肺炎,症状,{"热" * 200}\n肺炎,症状,"{"热" * 200}\n哮喘,症状,喘息\n'
    parsed = parse_original(replace(original("a.csv", text, "graph"), limits=Limits(cell_chars=100)))
    assert facts(parsed) == [("哮喘", "has_symptom", "喘息")]
    assert [one.where for one in parsed.failures] == ["a.csv:2", "a.csv:3"]


def test_a_value_that_is_cut_short_is_a_failure_and_no_fact(original: Make) -> None:
    text = "name,症状,desc\n肺炎,发热、呼吸困…,肺炎是肺部的炎症。多由感染引...[详细]\n"
    parsed = parse_original(original("a.csv", text, "graph"))
    assert facts(parsed) == [("肺炎", "has_symptom", "发热")]
    assert [one.text for one in parsed.passages] == ["肺炎是肺部的炎症。"]
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.csv:2", "truncated_value")] * 2


def test_a_column_without_a_name_is_told_unless_it_counts_rows(original: Make) -> None:
    text = ",name,症状,\n0,肺炎,发热,飞沫\n1,哮喘,喘息,\n"
    parsed = parse_original(original("a.csv", text, "graph"))
    assert len(facts(parsed)) == 2
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.csv:1", "unnamed_column")]
    assert "column 4 has no name" in parsed.failures[0].detail


def test_a_declaration_names_columns_by_number_and_leaves_others_out(original: Make) -> None:
    made = original(
        "a.csv", "名,,链接\n肺炎,发热,x\n", "graph", **{"名": "name", "#2": "has_symptom", "链接": "ignore"}
    )
    parsed = parse_original(made)
    assert (facts(parsed), parsed.failures) == ([("肺炎", "has_symptom", "发热")], ())


def test_a_declaration_maps_relation_words_too(original: Make) -> None:
    text = "head,relation,tail\n肺炎,rels_zz,发热\n肺炎,see_also,哮喘\n"
    made = original("a.csv", text, "graph", rels_zz="has_symptom", see_also="ignore")
    assert facts(parse_original(made)) == [("肺炎", "has_symptom", "发热")]


def test_an_entity_s_rows_are_merged_under_its_first_spelling(original: Make) -> None:
    text = "名称,症状,英文名\nＨＩＶ 感染,发热、皮疹,HIV\nHIV感染,发热 咳嗽,ＨＩＶ感染\n"
    assert facts(parse_original(original("a.csv", text, "graph"))) == [
        ("ＨＩＶ 感染", "has_symptom", "发热"),
        ("ＨＩＶ 感染", "has_symptom", "皮疹"),
        ("ＨＩＶ 感染", "has_alias", "HIV"),
        ("ＨＩＶ 感染", "has_symptom", "咳嗽"),
    ]


def test_many_bad_rows_are_told_as_a_number(original: Make) -> None:
    made = original("a.csv", "name,症状\n肺炎,发热\n" + ",咳嗽\n" * 5, "graph")
    parsed = parse_original(replace(made, limits=Limits(row_failures=2)))
    assert [one.reason for one in parsed.failures] == ["bad_row", "bad_row", "more_bad_rows"]
    assert parsed.failures[-1].detail.startswith("3 more rows")
