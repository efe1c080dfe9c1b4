import pytest

from pedcorpus import flow
from pedcorpus.errors import CorpusError, UsageError
from pedcorpus.flow import CorpusDesk
from pedcorpus.records import Status, Verdict
from pedcorpus.review import Progress, QueueFilter, ReviewItem, edited_instruction
from pedcorpus.settings import Workspace
from tests.chapter import copied


@pytest.fixture
def desk(workspace: Workspace, built: Workspace) -> CorpusDesk:
    return flow.open_desk(copied(built, workspace.root), "wang")


def ids(desk: CorpusDesk) -> list[str]:
    return [entry.id for entry in desk.queue().entries]


def test_without_a_corpus_there_is_no_desk(workspace: Workspace) -> None:
    with pytest.raises(CorpusError, match="pedcorpus ingest"):
        flow.open_desk(workspace, "wang")


def test_an_accepted_item_leaves_the_queue(desk: CorpusDesk) -> None:
    first, *others = ids(desk)
    desk.decide(first, Verdict.ACCEPT)
    assert desk.progress() == Progress(waiting=len(others), decided=1)
    assert ids(desk) == others
    assert desk.progress() == Progress(waiting=len(others), decided=1)


def test_undo_brings_items_back_in_turn(desk: CorpusDesk) -> None:
    first, second, *_ = before = ids(desk)
    desk.decide(first, Verdict.ACCEPT)
    desk.decide(second, Verdict.REJECT, reason="wrong_fact")
    undone = [desk.undo(), desk.undo(), desk.undo()]
    assert [item and item.instruction.id for item in undone] == [second, first, None]
    assert desk.progress() == Progress(waiting=len(before), decided=0)
    assert ids(desk) == before


@pytest.mark.parametrize("verdict", [Verdict.DEFER, Verdict.FLAG])
def test_what_was_put_off_or_flagged_comes_after_all_others(desk: CorpusDesk, verdict: Verdict) -> None:
    first, *others = ids(desk)
    desk.decide(first, verdict, note="请看剂量")
    assert ids(desk) == [*others, first]


def test_an_edit_is_accepted_in_place_of_the_original(desk: CorpusDesk) -> None:
    entry = desk.queue(QueueFilter(task="medkqa")).entries[0]
    original = desk.item(entry.id).instruction
    edited = edited_instruction(original, {"question": "热性惊厥第一次发作多在什么年龄？"})
    desk.decide(entry.id, Verdict.EDIT, edited=edited)
    assert desk.item(entry.id).status is Status.SUPERSEDED
    assert desk.item(edited.id).status is Status.ACCEPTED
    assert desk.item(edited.id).instruction.parent == original.id


def test_an_edit_is_judged_before_and_stored_with_its_verdicts(desk: CorpusDesk) -> None:
    entry = desk.queue(QueueFilter(task="medkqa")).entries[0]
    original = desk.item(entry.id).instruction
    edited = edited_instruction(original, {"answer": "热性惊厥应常规长期口服抗癫痫药预防。"})
    assert [finding.reason for finding in desk.judge(edited)] == ["not_in_evidence"]
    desk.decide(entry.id, Verdict.EDIT, edited=edited)
    assert [finding.reason for finding in desk.item(edited.id).findings] == ["not_in_evidence"]


def test_a_rejection_needs_one_of_the_tasks_reasons(desk: CorpusDesk) -> None:
    with pytest.raises(UsageError, match="reason"):
        desk.decide(ids(desk)[0], Verdict.REJECT, reason="because")
    assert desk.progress().decided == 0


def test_an_item_shows_its_quote_in_its_source(desk: CorpusDesk) -> None:
    for name in ids(desk):
        for context in desk.item(name).contexts:
            assert context.text[context.start : context.end] == context.evidence.quote
            assert context.document.path == "chapter.md"


def test_accepting_all_is_recorded_as_such(workspace: Workspace, desk: CorpusDesk) -> None:
    waiting = ids(desk)
    assert flow.accept_all(workspace, "steward") == len(waiting)
    decisions = desk.item(waiting[0]).decisions
    assert [(each.reviewer, each.acceptance) for each in decisions] == [("steward", "accept-all")]


def test_show_finds_an_instruction_by_the_start_of_its_id(workspace: Workspace, desk: CorpusDesk) -> None:
    identifier = ids(desk)[0]
    shown = flow.show(workspace, identifier[:12])
    assert isinstance(shown, ReviewItem)
    assert shown.instruction.id == identifier
    with pytest.raises(UsageError, match="zzz"):
        flow.show(workspace, "zzz")


def test_colleagues_are_who_has_decided_and_who_has_an_account(workspace: Workspace, desk: CorpusDesk) -> None:
    flow.add_account(workspace, "zhang")
    first, second, *_ = ids(desk)
    flow.open_desk(workspace, "li").decide(first, Verdict.ACCEPT)
    desk.decide(second, Verdict.ACCEPT)
    assert list(flow.open_desk(workspace, "wang").colleagues()) == ["li", "zhang"]
