"""Pairings, ballots and reports over a corpus file."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from pedcorpus import flow
from pedcorpus.errors import CorpusError, UsageError
from pedcorpus.evaluation import Side
from pedcorpus.flow import CorpusBallot
from pedcorpus.records import Dimension
from pedcorpus.settings import Workspace
from tests.evaluation.votes_by_hand import row, write_run

IDS = [f"q{number}" for number in range(6)]
RUNS = ("base.jsonl", "dfpo.jsonl")


@pytest.fixture
def ward(workspace: Workspace) -> Workspace:
    """A workspace with an empty corpus and two runs in it, which are a pairing."""
    flow.init_workspace(workspace)
    for name in RUNS:
        model = name.removesuffix(".jsonl")
        write_run(workspace.root / name, [row(each, f"{model} on {each}", model=model) for each in IDS])
    prepare(workspace)
    return workspace


def prepare(workspace: Workspace) -> flow.PreparedVote:
    first, second = (workspace.root / name for name in RUNS)
    return flow.prepare_vote(workspace, first, second)


def choose(ballot: CorpusBallot, pair_id: str, model: str) -> None:
    """Vote for a model in all dimensions, as only a test can."""
    pair = next(pair for pair in ballot.pairs if pair.id == pair_id)
    side: Side = "left" if pair.left.startswith(model) else "right"
    ballot.cast(pair_id, dict.fromkeys(Dimension, side), seconds=5.0)


def judge_all(workspace: Workspace, voter: str, model: str) -> CorpusBallot:
    ballot = flow.open_ballot(workspace, voter)
    for pair in ballot.pairs:
        choose(ballot, pair.id, model)
    return ballot


def test_preparing_twice_is_preparing_once(ward: Workspace) -> None:
    first, second = (ward.root / name for name in RUNS)
    assert prepare(ward) == flow.prepare_vote(ward, second, first) == prepare(ward)
    assert len(flow.votes_of(ward)) == 1


def test_a_ballot_tells_nothing_of_whose_a_reply_is(ward: Workspace) -> None:
    write_run(ward.root / "base.jsonl", [row(each, "甲答", model="SECRET") for each in IDS])
    prepare(ward)
    ballot = flow.open_ballot(ward, "wang")
    assert all("SECRET" not in repr(pair) for pair in ballot.pairs)


def test_pairs_come_in_one_order_for_all_and_on_sides_of_each_doctors_own(ward: Workspace) -> None:
    wang, li = flow.open_ballot(ward, "wang"), flow.open_ballot(ward, "li")
    assert [pair.id for pair in wang.pairs] == [pair.id for pair in li.pairs] != IDS
    assert [pair.left for pair in wang.pairs] != [pair.left for pair in li.pairs]
    assert wang.pairs == flow.open_ballot(ward, "wang").pairs


def test_votes_stand_for_the_run_wherever_it_stood(ward: Workspace) -> None:
    for voter in ("wang", "li"):
        judge_all(ward, voter, "dfpo").hand_in()
    first, second = (ward.root / name for name in RUNS)
    (told,) = flow.votes_of(ward, [first, second])
    (turned,) = flow.votes_of(ward, [second, first])
    assert (told.names, told.report.overall.lose.pairs) == (("base", "dfpo"), 6)
    assert (turned.names, turned.report.overall.win.pairs) == (("dfpo", "base"), 6)
    assert told.report.doctors_per_pair == {2: 6}


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        pytest.param("a/run.jsonl", "b/run.jsonl", ("a/run.jsonl", "b/run.jsonl"), id="in two folders"),
        pytest.param("a/base.jsonl", "b/mue.jsonl", ("base.jsonl", "mue.jsonl"), id="of two names"),
    ],
)
def test_runs_that_name_no_model_are_called_by_their_files(
    workspace: Workspace, first: str, second: str, names: tuple[str, str]
) -> None:
    flow.init_workspace(workspace)
    paths = [workspace.root / first, workspace.root / second]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        write_run(path, [row("q", f"answer {number}")])
    flow.prepare_vote(workspace, *paths)
    assert flow.votes_of(workspace)[0].names == names


def test_what_was_judged_stands_when_the_ballot_is_opened_again(ward: Workspace) -> None:
    ballot = flow.open_ballot(ward, "wang")
    ballot.cast("q3", {Dimension.SAFETY: "left", Dimension.FACTUALITY: "tie"}, seconds=3.0)
    ballot.cast("q3", {Dimension.SAFETY: "right"}, seconds=4.0)
    again = flow.open_ballot(ward, "wang").judged()
    assert again == {"q3": {Dimension.SAFETY: "right", Dimension.FACTUALITY: "tie"}} == ballot.judged()
    assert flow.open_ballot(ward, "li").judged() == {}


def test_another_salt_moves_answers_and_the_votes_with_them(ward: Workspace) -> None:
    judge_all(ward, "wang", "base")
    ward.settings_path.write_text('[vote]\nsalt = "another"\n', encoding="utf-8")
    moved = flow.open_ballot(Workspace(ward.root), "wang")
    for pair in moved.pairs:
        assert moved.judged()[pair.id][Dimension.SAFETY] == ("left" if pair.left.startswith("base") else "right")


def test_after_the_hand_in_nothing_is_cast_not_even_from_another_screen(ward: Workspace) -> None:
    elsewhere = flow.open_ballot(ward, "wang")
    judge_all(ward, "wang", "base").hand_in()
    with pytest.raises(UsageError, match="wang has handed these votes in"):
        elsewhere.cast("q0", {Dimension.SAFETY: "tie"}, seconds=None)
    with pytest.raises(UsageError, match="handed"):
        elsewhere.hand_in()
    assert elsewhere.handed_in
    assert flow.open_ballot(ward, "wang").handed_in
    assert not flow.open_ballot(ward, "li").handed_in


def test_a_session_that_is_not_handed_in_is_shown_and_not_counted(ward: Workspace) -> None:
    judge_all(ward, "wang", "base")
    (told,) = flow.votes_of(ward)
    assert (told.report.judged, told.report.voters[0].judged) == (0, 6)
    assert flow.votes_of(ward, everybody=True)[0].report.judged == 6


def test_a_run_that_changed_is_another_pairing_and_is_told(ward: Workspace) -> None:
    ballot = flow.open_ballot(ward, "wang")
    choose(ballot, "q0", "base")
    before = prepare(ward).pairing
    write_run(ward.root / "base.jsonl", [row(each, f"base anew on {each}") for each in IDS])
    after = prepare(ward)
    assert after.pairing != before
    assert [(each.id, each.judged) for each in after.earlier] == [(before, 1)]
    fresh = flow.open_ballot(ward, "wang")
    assert (fresh.judged(), fresh.earlier) == ({}, 1)
    assert flow.open_ballot(ward, "li").earlier == 0
    assert flow.open_ballot(ward, "wang", pairing=before[:6]).judged().keys() == {"q0"}


def test_settings_say_how_many_pairs_a_doctor_is_asked_for(ward: Workspace) -> None:
    whole = [pair.id for pair in flow.open_ballot(ward, "wang").pairs]
    ward.settings_path.write_text("[vote]\npairs = 2\n", encoding="utf-8")
    asked = Workspace(ward.root)
    assert [pair.id for pair in flow.open_ballot(asked, "wang").pairs] == whole[:2]
    assert flow.votes_of(asked)[0].report.pairs == 2


def test_one_of_several_pairings_must_be_named(ward: Workspace) -> None:
    third = write_run(ward.root / "mue.jsonl", [row(each, f"mue on {each}") for each in IDS])
    made = flow.prepare_vote(ward, ward.root / "base.jsonl", third)
    with pytest.raises(UsageError, match=f"several such pairings; name one with --pairing: .*{made.pairing}"):
        flow.open_ballot(ward, "wang")
    assert len(flow.open_ballot(ward, "wang", pairing=made.pairing).pairs) == 6
    with pytest.raises(UsageError, match="no such pairings"):
        flow.open_ballot(ward, "wang", pairing="zzz")


def test_votes_on_files_that_nobody_was_asked_about_are_wrong_usage(ward: Workspace) -> None:
    third = write_run(ward.root / "mue.jsonl", [row(each, f"mue on {each}") for each in IDS])
    with pytest.raises(UsageError, match="nobody was asked"):
        flow.votes_of(ward, [ward.root / "base.jsonl", third])


def test_without_a_pairing_or_a_corpus_the_next_step_is_told(workspace: Workspace) -> None:
    with pytest.raises(CorpusError, match="pedcorpus ingest"):
        flow.open_ballot(workspace, "wang")
    flow.init_workspace(workspace)
    with pytest.raises(UsageError, match="pedcorpus vote prepare"):
        flow.open_ballot(workspace, "wang")
    with pytest.raises(UsageError, match="pedcorpus vote prepare"):
        flow.votes_of(workspace)


_DOCTOR = """
import sys
from pathlib import Path
from pedcorpus import flow
from pedcorpus.records import Dimension
from pedcorpus.settings import Workspace
ballot = flow.open_ballot(Workspace(Path(sys.argv[1])), sys.argv[2])
for pair in ballot.pairs:
    for dimension in Dimension:
        ballot.cast(pair.id, {dimension: "left"}, seconds=1.0)
        print(pair.id, dimension.value, flush=True)
sys.stdin.read()
"""


def doctor(ward: Workspace, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _DOCTOR, str(ward.root), name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_doctors_vote_at_once_and_a_killed_one_loses_nothing_that_was_told_as_stored(ward: Workspace) -> None:
    with doctor(ward, "wang") as wang, doctor(ward, "li") as li:
        assert wang.stdout
        assert li.stdout
        told = [wang.stdout.readline().split() for _ in range(7)]
        wang.send_signal(signal.SIGKILL)
        told += [line.split() for line in wang.stdout]
        done = [li.stdout.readline() for _ in range(len(IDS) * len(Dimension))]
        assert li.stdin
        li.stdin.close()
    stored = flow.open_ballot(ward, "wang").judged()
    assert all(Dimension(dimension) in stored[pair] for pair, dimension in told)
    assert sum(map(len, stored.values())) - len(told) in (0, 1)
    assert sum(map(len, flow.open_ballot(ward, "li").judged().values())) == len(done)
