import math

import pytest

from pedcorpus.inference.sources.index import build_index
from pedcorpus.inference.sources.terms import terms_of


def test_a_score_is_bm25_by_hand():
    index = build_index([["发热", "发热发热"]])
    (code, *_) = terms_of(["发热"]).codes
    rarity = math.log(1 + (2 - 2 + 0.5) / (2 + 0.5))
    lengths = [1, 3]  # 发热; 发热, 热发, 发热

    def score(count, length):
        return rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / 2))

    scores = index.scores({int(code): 1.0})
    assert scores.tolist() == pytest.approx([score(1, lengths[0]), score(2, lengths[1])], rel=1e-5)


def test_portions_make_no_difference():
    texts = ["热性惊厥", "支气管肺炎", "惊厥持续状态"]
    query = {int(code): 1.0 for code in terms_of(["惊厥"]).codes}
    whole, parts = build_index([texts]), build_index([[text] for text in texts])
    assert whole.scores(query).tolist() == parts.scores(query).tolist()
    assert (whole.scores(query) > 0).tolist() == [True, False, True]


def test_an_empty_index_knows_nothing():
    index = build_index([])
    assert index.scores({1: 1.0}).tolist() == []
    assert len(index.rarity(terms_of(["发热"]).codes)) == 1
