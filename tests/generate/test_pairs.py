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
