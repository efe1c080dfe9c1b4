import pytest

from pedcorpus.records import Address, Evidence
from pedcorpus.tasks.frames import framed_parts, listing_sentence, names_to_ground


def evidence(origin="triple", entity=None):
    return Evidence(
        source="g", document="d", origin=origin, origin_id="t", address=Address(row=2, entity=entity), quote="x"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("relation", ["has_symptom", "requires_exam", "treated_by", "differs_from", "plan_exam"])
def test_a_framed_sentence_gives_its_names_back(relation, language):
    sentence = listing_sentence(relation, ["measles"], ["fever", "rash"], language=language)
    names = {part.lower() for part in framed_parts(sentence, language=language)}
    assert {"fever", "rash"} <= names <= {"measles", "fever", "rash"}


def test_heads_that_are_listed_come_back_one_by_one():
    sentence = listing_sentence("symptom_of", ["麻疹", "风疹"], ["皮疹"], language="zh")
    assert framed_parts(sentence, language="zh") == ("皮疹", "麻疹", "风疹") or set(
        framed_parts(sentence, language="zh")
    ) == {"皮疹", "麻疹", "风疹"}


def test_an_unknown_relation_has_no_frame():
    assert listing_sentence("likes", ["a"], ["b"], language="zh") is None


def test_a_sentence_over_passages_must_be_quoted_whole():
    text = "麻疹常见的表现有：发热。"
    assert names_to_ground(text, [evidence("passage")], language="zh") == (text,)


def test_the_entity_of_an_address_needs_no_quote():
    assert names_to_ground("麻疹常见的表现有：发热。", [evidence(entity="麻疹")], language="zh") == ("发热",)
