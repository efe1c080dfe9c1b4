import pytest

from pedcorpus import flow
from pedcorpus.corpus import all_preferences, standing_failures
from pedcorpus.errors import CorpusError
from pedcorpus.export import open_export
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Status, Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied

REPLY = "孩子发热时让他多喝水，捂汗就好。"
BETTER = "孩子发热时让他多喝水，不要捂汗，体温超过38.5℃且不舒服时看医生。"


@pytest.fixture
def place(accepted, tmp_path):
    return copied(accepted, tmp_path / "ward")


def rated(rating="down", **fields):
    given = {"turns": [("user", "我叫王小明，孩子发热39℃怎么办？")], "reply": REPLY, "model": "demo", "rating": rating}
    return flow.RatedExchange(**(given | fields))


def waiting(place):
    return {entry.id: entry for entry in flow.open_desk(place, reviewer="li").queue().entries}


def pairs(place, ids):
    with open_corpus(place).unit(read_only=True) as unit:
        return list(all_preferences(unit, ids))


def test_a_corrected_reply_waits_for_review_and_is_a_pair_once_a_doctor_accepted_it(place):
    taken = flow.take_feedback(place, rated(correction=BETTER))
    (name,) = taken.instructions
    assert name in waiting(place)
    (pair,) = pairs(place, [name])
    assert (pair.chosen, pair.rejected, pair.rejected_from) == (BETTER, REPLY, "llm.chat@1:demo")
    assert _chosen(flow.export(place, "v1")) == []
    flow.open_desk(place, reviewer="li").decide(name, Verdict.ACCEPT)
    assert _chosen(flow.export(place, "v2")) == [BETTER]


def _chosen(export):
    opened = open_export(export.root, verify=False)
    rows = [row for split in ("train", "validation", "test") for row in opened.rows("dfpo", split)]
    return [row["chosen"][-1]["content"] for row in rows if row["rejected"][-1]["content"] == REPLY]


def test_a_thumb_up_is_a_candidate_and_nobody_is_named_in_it(place):
    (name,) = flow.take_feedback(place, rated("up")).instructions
    assert name in waiting(place)
    assert "王小明" not in flow.show(place, name).instruction.question
    written = b"".join(path.read_bytes() for path in (place.root / "chat-feedback").iterdir())
    assert "王小明".encode() not in written


def test_a_thumb_down_alone_is_counted_and_teaches_nothing(place):
    before = set(waiting(place))
    taken = flow.take_feedback(place, rated(note="捂汗不对，13812345678"))
    assert (taken.instructions, taken.failures) == ((), 1)
    assert set(waiting(place)) == before
    with open_corpus(place).unit(read_only=True) as unit:
        (failure,) = [each for each in standing_failures(unit) if each.reason == "thumb_down"]
    assert "捂汗不对" in failure.detail
    assert "13812345678" not in failure.detail
    assert "王小明" not in failure.raw


def test_the_same_thumb_twice_is_stored_once_and_others_stay(place):
    first = flow.take_feedback(place, rated("up"))
    other = flow.take_feedback(place, rated("up", turns=[("user", "孩子咳嗽两天了怎么护理？")]))
    assert flow.take_feedback(place, rated("up")).instructions == first.instructions
    assert {*first.instructions, *other.instructions} <= set(waiting(place))
    counts = flow.corpus_status(place).instructions
    assert counts["medical"][Status.CANDIDATE] == 2


def test_without_a_corpus_nothing_is_taken(tmp_path):
    with pytest.raises(CorpusError):
        flow.take_feedback(Workspace(tmp_path / "none"), rated("up"))
    assert not (tmp_path / "none" / "chat-feedback").exists()


def test_where_nothing_would_be_deidentified_nothing_is_kept(accepted, monkeypatch):
    monkeypatch.setattr("pedcorpus.flow.feedback.recognisers", tuple)
    with pytest.raises(CorpusError, match="no recogniser"):
        flow.take_feedback(accepted, rated("up"))
    assert not (accepted.root / "chat-feedback").exists()
