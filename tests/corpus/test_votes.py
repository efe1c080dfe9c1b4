from __future__ import annotations

from pedcorpus.corpus import (
    Corpus,
    StoredRun,
    add_hand_in,
    add_pairing,
    add_run,
    add_votes,
    common_ids,
    current_votes,
    hand_ins,
    replies_of_run,
    stored_pairings,
)
from pedcorpus.records import Choice, Dimension, HandIn, Message, RunReply, Vote
from tests.by_hand import NOON

A, B = StoredRun("A", "base", "base.jsonl"), StoredRun("B", "", "dfpo.jsonl")


def reply(name: str, text: str = "多喝水") -> RunReply:
    return RunReply(id=name, messages=(Message(role="user", content="发热？"),), reply=text)


def vote(choice: Choice, *, voter: str = "wang", dimension: Dimension = Dimension.SAFETY, pair: str = "1") -> Vote:
    return Vote(
        run_a="A", run_b="B", pair=pair, voter=voter, dimension=dimension, choice=choice, left="b", seconds=2.5, at=NOON
    )


def test_runs_and_pairings_are_kept_once_under_what_they_were_called_last(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        for path in ("base.jsonl", "moved.jsonl"):
            add_run(unit, StoredRun("A", "base", path), [reply("1"), reply("2")])
            add_run(unit, B, [reply("2", ""), reply("3")])
            add_pairing(unit, "p", run_a="A", run_b="B")
        (pairing,) = stored_pairings(unit)
        assert (pairing.a.path, pairing.b) == ("moved.jsonl", B)
        assert replies_of_run(unit, "A") == {"1": reply("1"), "2": reply("2")}
        assert common_ids(unit, "A", "B") == ["2"]


def test_a_vote_comes_back_as_it_was_and_the_last_word_counts(corpus: Corpus) -> None:
    with corpus.unit() as unit:
        assert add_votes(unit, [vote(Choice.A), vote(Choice.A, voter="li")]) == 2
        assert add_votes(unit, [vote(Choice.A)]) == 0
        add_votes(unit, [vote(Choice.TIE), vote(Choice.B, dimension=Dimension.FACTUALITY)])
        mine = current_votes(unit, "A", "B", voter="wang")
        assert mine == [vote(Choice.TIE), vote(Choice.B, dimension=Dimension.FACTUALITY)]
        assert len(current_votes(unit, "A", "B")) == 3
        assert current_votes(unit, "A", "C") == []


def test_changing_ones_mind_and_back_again_is_three_votes(corpus: Corpus) -> None:
    later = vote(Choice.A).model_copy(update={"at": NOON.replace(hour=13)})
    with corpus.unit() as unit:
        for each in (vote(Choice.A), vote(Choice.B), later):
            add_votes(unit, [each])
        assert current_votes(unit, "A", "B") == [later]


def test_the_first_hand_in_of_a_doctor_counts(corpus: Corpus) -> None:
    first = HandIn(run_a="A", run_b="B", voter="wang", judged=3, pairs=4, at=NOON)
    second = first.model_copy(update={"judged": 4, "at": NOON.replace(hour=13)})
    with corpus.unit() as unit:
        add_hand_in(unit, first)
        add_hand_in(unit, second)
        assert hand_ins(unit, "A", "B") == {"wang": first}
        assert hand_ins(unit, "B", "A") == {}
