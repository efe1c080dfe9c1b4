import pytest

from pedcorpus.errors import InputError
from pedcorpus.generate.fragments import fragments
from pedcorpus.generate.quotes import FragmentText, QuotedSources
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import FRAGMENT, book, graph


def sources(material=FRAGMENT):
    fragment = next(fragments(material, GenerateSettings()))
    return QuotedSources(FragmentText(fragment), material.source, {"language": "zh"})


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("持续时间短于15分钟", "持续时间短于15分钟"),
        ("地西泮0.3~0.5mg/kg", "地西泮0.3～0.5 mg/kg"),
        ("［2］不需药物止惊", None),
        ("[2] 多数发作在5分钟内自行缓解,不需药物止惊.", "多数发作在5分钟内自行缓解，不需药物止惊。"),
        ("“24小时内仅发作1次。”", "24小时内仅发作1次"),
    ],
    ids=[
        "exact",
        "width and spaces",
        "a full-width number is no line number",
        "line number and punctuation",
        "closing marks",
    ],
)
def test_a_quote_is_found_exactly_or_folded(quote, said):
    if said is None:
        with pytest.raises(InputError, match="does not stand"):
            sources().cite(quote)
    else:
        assert sources().cite(quote).quote == said


def test_evidence_has_the_address_of_the_quote_itself():
    found = sources()
    found.cite("24小时内仅发作1次")
    passage = FRAGMENT.passages[0]
    (row,) = found.evidence
    assert (row.origin_id, row.quote) == (passage.id, "24小时内仅发作1次")
    assert row.address.start == passage.text.index("24小时内")
    assert row.address.end - row.address.start == len(row.quote)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("地西泮3～5 mg/kg", "quote_not_found"),
        ("首次发作多见于6岁", "quote_not_found"),
        ("5 mg/kg", "quote_cuts_number"),
        ("地西泮0.3", "quote_cuts_number"),
        ("0.5 mg/kg", "quote_cuts_number"),
        ("需药物止惊", "quote_cuts_negation"),
        ("神经系统异常", "quote_cuts_negation"),
        ("。", "quote_not_found"),
        ("", "quote_not_found"),
    ],
    ids=["dose", "age", "decimal", "upper end lost", "lower end lost", "not", "without", "a mark", "nothing"],
)
def test_a_quote_that_says_something_else_is_refused(quote, reason):
    with pytest.raises(InputError) as refused:
        sources().cite(quote)
    assert refused.value.reason == reason


def test_the_same_words_are_taken_from_where_nothing_is_cut_off():
    material = book(("热性惊厥一般不需要长期服药，复发者需要长期服药，由医师决定疗程。", "第二节 热性惊厥"))
    assert sources(material).cite("需要长期服药").quote == "需要长期服药"


def test_a_statement_is_cited_by_what_the_quote_names():
    found = sources(graph([("麻疹", "has_symptom", "发热"), ("麻疹", "has_symptom", "皮疹")]))
    cited = found.cite("麻疹常见的表现有：发热")
    assert (cited.head, cited.tails, len(found.evidence)) == ("麻疹", ("发热",), 1)


def test_a_name_in_a_heading_needs_no_further_evidence():
    found = sources()
    found.cite("24小时内仅发作1次")
    found.cite_name("热性惊厥")
    assert len(found.evidence) == 1
