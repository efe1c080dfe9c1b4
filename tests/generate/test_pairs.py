import random

from pedcorpus.generate import preference_pairs
from pedcorpus.generate.graph import GENERATOR
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import graph
from tests.generate.test_graph import ROWS

DRAFTS = list(GENERATOR.drafts(graph(ROWS), GenerateSettings()))
BY_ID = {draft.id: draft for draft in DRAFTS}


def test_the_rejected_answer_is_another_topics_own():
    pairs = list(preference_pairs(DRAFTS))
    assert pairs
    for pair in pairs:
        chosen, rejected = BY_ID[pair.chosen_from], BY_ID[pair.rejected_from.split(":")[1]]
        assert pair.rejected_from.startswith("rule.neighbour@1:")
        assert chosen.topic != rejected.topic
        assert chosen.task == rejected.task
        assert getattr(chosen, "aspect", "") == getattr(rejected, "aspect", "")
        assert (pair.chosen, pair.rejected) == (chosen.answer_text(), rejected.answer_text())
        assert pair.chosen != pair.rejected


def test_the_order_of_rows_does_not_matter():
    mixed = DRAFTS * 2
    random.Random(5).shuffle(mixed)
    assert list(preference_pairs(mixed)) == list(preference_pairs(DRAFTS))


def test_one_topic_alone_has_no_neighbour():
    assert list(preference_pairs(draft for draft in DRAFTS if draft.topic == "麻疹")) == []


def test_an_answer_about_the_other_disease_of_the_question_is_passed_over():
    by_question = {draft.user_text(): draft for draft in DRAFTS}
    for pair in preference_pairs(DRAFTS):
        question = pair.prompt[0].content
        other = BY_ID[pair.rejected_from.split(":")[1]]
        named = {name for name in ("麻疹", "风疹", "肺炎") if name in question and name != by_question[question].topic}
        assert not any(name in other.user_text() for name in named)


def test_plans_have_pairs_although_all_end_with_the_same_safety_line():
    rows = [("风疹", "treated_with", "对症治疗"), ("风疹", "treated_by", "布洛芬")]
    drafts = list(GENERATOR.drafts(graph(ROWS + rows), GenerateSettings()))
    assert {pair.task for pair in preference_pairs(drafts)} >= {"trerecom"}
