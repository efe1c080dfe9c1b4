import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pedcorpus import flow
from pedcorpus.corpus import all_preferences, standing_failures
from pedcorpus.errors import CorpusError
from pedcorpus.export import open_export
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Status, Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.corpus_troubles import held
from tests.failing_disks import fill, read_only, small_disk

REPLY = "孩子发热时让他多喝水，捂汗就好。"
BETTER = "孩子发热时让他多喝水，不要捂汗，体温超过38.5℃且不舒服时看医生。"
COUGH = [("user", "孩子咳嗽两天了怎么护理？")]


@pytest.fixture
def place(accepted, tmp_path):
    return copied(accepted, tmp_path / "ward")


def rated(rating="down", **fields):
    given = {"turns": [("user", "我叫王小明，孩子发热39℃怎么办？")], "reply": REPLY, "model": "demo", "rating": rating}
    return flow.RatedExchange(**(given | fields))


def taken(place, *exchanges):
    for exchange in exchanges:
        flow.keep_feedback(place, exchange)
    return flow.take_feedback(place)


def waiting(place):
    return {entry.id: entry for entry in flow.open_desk(place, reviewer="li").queue().entries}


def pairs(place, ids):
    with open_corpus(place).unit(read_only=True) as unit:
        return list(all_preferences(unit, ids))


def thumbs_down(place):
    with open_corpus(place).unit(read_only=True) as unit:
        return [each for each in standing_failures(unit) if each.reason == "thumb_down"]


def notes(place, name):
    return [each.detail for each in flow.show(place, name).findings if each.reason == "rater_note"]


def test_a_corrected_reply_waits_for_review_and_is_a_pair_once_a_doctor_accepted_it(place):
    (name,) = taken(place, rated(correction=BETTER)).instructions
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


def test_nobody_is_named_in_anything_that_is_written(place):
    exchange = rated(correction=BETTER + "王小明记住。", note="王小明，13812345678")
    flow.keep_feedback(place, exchange)
    assert not _holding(place, "王小明", "13812345678")
    (name,) = flow.take_feedback(place).instructions
    assert "王小明" not in flow.show(place, name).instruction.question
    assert not _holding(place, "王小明", "13812345678")


def _holding(place, *words):
    files = [path for path in (place.root / "chat-feedback").rglob("*") if path.is_file()]
    assert files
    return [path for path in files if any(word.encode() in path.read_bytes() for word in words)]


def test_a_thumb_down_alone_is_counted_with_its_note_and_teaches_nothing(place):
    before = set(waiting(place))
    done = taken(place, rated(note="捂汗不对，13812345678"))
    assert (done.exchanges, done.instructions, len(done.failures)) == (1, (), 1)
    assert set(waiting(place)) == before
    (failure,) = thumbs_down(place)
    assert "捂汗不对" in failure.detail
    assert "13812345678" not in failure.detail
    assert "王小明" not in failure.raw


def test_a_note_stands_at_the_draft_once(place):
    up, corrected = rated("up", note="说得好"), rated(correction=BETTER, note="捂汗危险")
    for _ in range(2):
        drafts = taken(place, up, corrected).instructions
        assert sorted(note for name in drafts for note in notes(place, name)) == [
            "whoever approved of the reply of demo noted: 说得好",
            "whoever corrected the reply of demo noted: 捂汗危险",
        ]
    assert {waiting(place)[name].reason for name in drafts} == {"rater_note"}


def test_the_same_thumb_twice_is_stored_once_and_others_stay(place):
    up, other = rated("up"), rated("up", turns=COUGH)
    flow.keep_feedback(place, up)
    first = taken(place, up, other)
    assert first.exchanges == 2
    assert len(first.instructions) == 2
    again = taken(place, up)
    assert (again.exchanges, again.pairs) == (1, 0)
    assert set(again.instructions) < set(first.instructions) <= set(waiting(place))
    counts = flow.corpus_status(place).instructions
    assert counts["medical"][Status.CANDIDATE] == 2


def test_all_that_wait_are_taken_in_by_one_build(place, monkeypatch):
    builds = []
    build = flow.feedback.take.build
    monkeypatch.setattr(flow.feedback.take, "build", lambda *args, **how: builds.append(args) or build(*args, **how))
    done = taken(place, rated("up"), rated(turns=COUGH, correction=BETTER), rated())
    assert (done.exchanges, len(done.instructions), done.pairs, len(done.failures)) == (3, 2, 1, 1)
    assert len(builds) == 1
    assert flow.take_feedback(place).exchanges == 0
    assert len(builds) == 1


def test_those_who_take_in_at_once_take_turns(place):
    flow.keep_feedback(place, rated("up", note="说得好"))
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(flow.take_feedback, [place, place]))
    assert sorted(each.exchanges for each in done) == [0, 1]


def test_what_waits_is_told_by_status(place):
    assert "feedback_waiting" not in flow.corpus_status(place).as_json()
    flow.keep_feedback(place, rated("up"))
    flow.keep_feedback(place, rated("up"))
    assert flow.corpus_status(place).as_json()["feedback_waiting"] == 1


def test_a_thumb_waits_for_nobody_who_holds_the_corpus(place):
    with held(place):
        flow.keep_feedback(place, rated("up"))
        flow.check_feedback(place)
    assert len(flow.take_feedback(place).instructions) == 1


def test_a_thumb_is_kept_while_the_corpus_is_away(place):
    away = place.corpus_path.rename(place.root / "away")
    flow.keep_feedback(place, rated("up"))
    with pytest.raises(CorpusError, match="no corpus here"):
        flow.take_feedback(place)
    away.rename(place.corpus_path)
    assert len(flow.take_feedback(place).instructions) == 1


KILLED = """
import os, sys
from pathlib import Path
from pedcorpus import flow
from pedcorpus.settings import Workspace

def dead(*_args, **_how):
    os._exit(9)

if sys.argv[2] == "before the commit":
    sys.modules["pedcorpus.flow.feedback.take"].add_failures = dead
else:
    Path.unlink = lambda path, **_how: dead() if path.parent.name == ".waiting" else path.exists() and os.unlink(path)
flow.take_feedback(Workspace(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_whoever_takes_in_and_is_killed_leaves_it_to_the_next(place, moment):
    for exchange in (rated(correction=BETTER, note="捂汗危险"), rated(turns=COUGH)):
        flow.keep_feedback(place, exchange)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(place.root), moment], check=False)
    assert killed.returncode == 9
    done = flow.take_feedback(place)
    assert (done.exchanges, done.pairs) == (2, int(moment == "before the commit"))
    (name,) = done.instructions
    assert len(pairs(place, [name])) == len(notes(place, name)) == len(thumbs_down(place)) == 1


def test_ingest_of_the_folder_passes_over_what_waits(place):
    flow.keep_feedback(place, rated("up"))
    flow.take_feedback(place)
    flow.keep_feedback(place, rated())
    read = flow.ingest(place, [place.root / "chat-feedback"])
    assert (read.unchanged_documents, read.new_documents, read.failures) == (1, 0, [])
    assert flow.corpus_status(place).feedback_waiting == 1


def test_a_file_that_is_no_exchange_is_set_aside_and_told(place):
    flow.keep_feedback(place, rated("up"))
    folder = place.root / "chat-feedback" / ".waiting"
    (folder / "0.json").write_text('{"said": 1}')
    done = flow.take_feedback(place)
    assert (done.exchanges, [failure.reason for failure in done.failures]) == (1, ["unreadable_feedback"])
    assert [path.name for path in folder.iterdir()] == ["0.unreadable"]


def test_an_exchange_that_makes_no_draft_is_told_with_its_note(place):
    done = taken(place, rated("up", reply="nan", note="什么也没说"))
    assert done.instructions == ()
    assert any(each.reason == "not_drafted" and "什么也没说" in each.detail for each in done.failures)
    assert flow.corpus_status(place).feedback_waiting == 0


def test_what_cannot_be_kept_for_lack_of_space_waits_on(place, monkeypatch):
    def full(*_args, **_how):
        raise OSError(28, "No space left on device")

    flow.keep_feedback(place, rated("up"))
    with monkeypatch.context() as patched:
        patched.setattr("pedcorpus.flow.read_file.keep_original", full)
        with pytest.raises(CorpusError, match=r"1 rated exchanges could not be taken in.*No space left"):
            flow.take_feedback(place)
    assert len(flow.take_feedback(place).instructions) == 1


def test_on_a_full_or_read_only_disk_a_thumb_is_refused_and_nothing_is_half_written(tmp_path):
    with small_disk(tmp_path / "disk", mebibytes=1) as disk:
        place = Workspace(disk)
        flow.keep_feedback(place, rated("up"))
        before = set(disk.rglob("*"))
        filler = fill(disk)
        with pytest.raises(CorpusError, match=r"cannot be kept or taken in \(No space left"):
            flow.keep_feedback(place, rated("up", turns=COUGH))
        filler.unlink()
        with read_only(disk), pytest.raises(CorpusError, match=r"cannot be kept or taken in \(Read-only"):
            flow.keep_feedback(place, rated("up", turns=COUGH))
        assert set(disk.rglob("*")) == before


def test_without_a_workspace_or_a_corpus_feedback_is_refused(tmp_path):
    place = Workspace(tmp_path / "none")
    with pytest.raises(CorpusError, match="no corpus here"):
        flow.check_feedback(place)
    with pytest.raises(CorpusError, match="feedback cannot be kept"):
        flow.keep_feedback(place, rated("up"))
    assert not place.root.exists()


def test_where_nothing_would_be_deidentified_nothing_is_kept(accepted, monkeypatch):
    monkeypatch.setattr("pedcorpus.flow.feedback.keep.recognisers", tuple)
    for refused in (lambda: flow.keep_feedback(accepted, rated("up")), lambda: flow.check_feedback(accepted)):
        with pytest.raises(CorpusError, match="no recogniser"):
            refused()
    assert not (accepted.root / "chat-feedback").exists()
