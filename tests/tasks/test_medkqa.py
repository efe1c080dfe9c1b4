from pedcorpus.records import Address, Evidence
from pedcorpus.tasks.medkqa import MedKQA


def record(answer, quote, origin="passage"):
    return MedKQA(
        task="medkqa",
        topic="热性惊厥",
        asker="parent",
        question="孩子多大时容易得热性惊厥？",
        aspect="epidemiology",
        answer=answer,
        evidence=(Evidence(source="s", document="d", origin=origin, origin_id="p", address=Address(), quote=quote),),
        language="zh",
        license="CC0-1.0",
        tier="open",
        generator="rule.section@1",
    )


def test_each_sentence_of_an_answer_is_a_claim():
    found = record("多见于6个月至3岁。\n患病率为3%～5%。", "…")
    assert [claim.text for claim in found.claims()] == ["多见于6个月至3岁。", "患病率为3%～5%。"]


def test_over_triples_the_names_are_the_claims():
    found = record("热性惊厥常见的表现有：发热、抽搐。", "…", origin="triple")
    assert [claim.text for claim in found.claims()] == ["热性惊厥", "发热", "抽搐"]


def test_the_conversation_is_question_and_answer():
    assert [message.role for message in record("甲。", "甲。").messages] == ["user", "assistant"]
