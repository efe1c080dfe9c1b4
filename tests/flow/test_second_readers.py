"""Desks of several readers and of an adjudicator over one corpus."""

import shutil
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.corpus import findings_of
from pedcorpus.errors import DecidedMeanwhile, UsageError
from pedcorpus.flow import CorpusDesk
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Instruction, Role, Status, Verdict
from pedcorpus.review import ReviewItem, edited_instruction
from pedcorpus.settings import Workspace
from tests.chapter import copied

ACCEPT, REJECT, EDIT = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    """A corpus of which two read every row."""
    ward = copied(built, tmp_path / "ward")
    ward.settings_path.write_text("[review.overlap]\nshare = 1.0\n", encoding="utf-8")
    return ward


def desk(ward: Workspace, name: str, *, adjudicates: bool = False) -> CorpusDesk:
    """A desk that has the first items of its queue on screen, worked out anew however busy the machine is."""
    shutil.rmtree(ward.queue_folder, ignore_errors=True)
    made = flow.open_desk(ward, name, adjudicates=adjudicates)
    made.read(queue(made))
    return made


def queue(made: CorpusDesk) -> list[str]:
    return [entry.id for entry in made.queue().entries]


def seen(made: CorpusDesk, name: str) -> ReviewItem:
    return made.read([name]).items[0]


def status(ward: Workspace, name: str) -> Status:
    return flow.open_desk(ward, "anybody").item(name).status


def reworded(original: Instruction, word: str) -> Instruction:
    return edited_instruction(original, {"question": f"{word}{original.question}"})


@pytest.fixture
def disputed(ward: Workspace) -> str:
    """A row that wang edited and li rejected."""
    name = queue(flow.open_desk(ward, "wang"))[0]
    wang, li = desk(ward, "wang"), desk(ward, "li")
    wang.decide(name, EDIT, edited=reworded(seen(wang, name).instruction, "请问，"))
    li.decide(name, REJECT, reason="wrong_fact", note="剂量不对")
    wang.close()
    li.close()
    return name


def test_a_row_leaves_the_queue_of_who_read_it_and_stays_in_the_others(ward: Workspace) -> None:
    wang = desk(ward, "wang")
    first = queue(wang)[0]
    wang.decide(first, ACCEPT)
    assert first not in queue(wang)
    assert first in queue(desk(ward, "li"))
    assert status(ward, first) is Status.PENDING


def test_two_who_say_the_same_settle_it(ward: Workspace) -> None:
    wang, li = desk(ward, "wang"), desk(ward, "li")
    first = queue(wang)[0]
    wang.decide(first, ACCEPT)
    li.decide(first, ACCEPT)
    assert status(ward, first) is Status.ACCEPTED
    assert first not in queue(desk(ward, "zhao"))


def test_two_may_have_it_on_screen_and_a_third_may_not(ward: Workspace) -> None:
    wang, li = desk(ward, "wang"), desk(ward, "li")
    first = queue(wang)[0]
    assert first in queue(li)
    assert first not in queue(flow.open_desk(ward, "zhao"))


def test_the_second_reader_sees_nothing_of_what_the_first_said(ward: Workspace) -> None:
    wang = desk(ward, "wang")
    first, second = queue(wang)[:2]
    wang.decide(first, REJECT, reason="wrong_fact", note="剂量不对")
    wang.decide(second, Verdict.DEFER, note="再看")
    li = desk(ward, "li")
    assert (seen(li, first).decisions, seen(li, second).decisions) == ((), ())
    assert [each.note for each in seen(desk(ward, "wang"), second).decisions] == ["再看"]


def test_who_takes_a_decision_back_is_still_blind(ward: Workspace) -> None:
    wang, li = desk(ward, "wang"), desk(ward, "li")
    first = queue(wang)[0]
    wang.decide(first, REJECT, reason="wrong_fact")
    li.decide(first, ACCEPT)
    item = li.undo()
    assert item is not None
    assert {each.reviewer for each in item.decisions} == {"li"}


def test_once_settled_everybody_may_know_who_said_what(ward: Workspace) -> None:
    wang, li = desk(ward, "wang"), desk(ward, "li")
    first = queue(wang)[0]
    wang.decide(first, ACCEPT)
    li.decide(first, ACCEPT)
    zhao = flow.open_desk(ward, "zhao")
    assert {each.reviewer for each in zhao.item(first).decisions} == {"wang", "li"}


def test_as_many_are_asked_as_the_first_reader_was_told(ward: Workspace) -> None:
    wang = desk(ward, "wang")
    first = queue(wang)[0]
    wang.decide(first, ACCEPT)
    (ward.root / "pedcorpus.toml").write_text("", encoding="utf-8")
    desk(Workspace(ward.root), "li").decide(first, ACCEPT)
    assert flow.agreement(ward).whole.instructions == 1


def test_the_adjudicator_sees_numbered_readings_and_edits(ward: Workspace, disputed: str) -> None:
    for name, role in (("boss", Role.STEWARD), ("chen", Role.ADJUDICATOR)):
        flow.add_account(ward, name, role)
    chen = desk(ward, "chen", adjudicates=True)
    readings = seen(chen, disputed).readings
    chen.close()
    assert {(each.verdict, each.note, each.reader) for each in readings} == {(EDIT, "", ""), (REJECT, "剂量不对", "")}
    assert [each.edited.question[:3] for each in readings if each.edited] == ["请问，"]
    named = seen(desk(ward, "boss", adjudicates=True), disputed).readings
    assert {each.reader for each in named} == {"wang", "li"}


def test_nothing_else_names_the_readers_to_an_adjudicator(ward: Workspace, disputed: str) -> None:
    flow.add_account(ward, "chen", Role.ADJUDICATOR)
    assert seen(desk(ward, "chen", adjudicates=True), disputed).decisions == ()


def test_adopting_an_edit_accepts_the_record_that_the_reader_made(ward: Workspace, disputed: str) -> None:
    chen = desk(ward, "chen", adjudicates=True)
    (edit,) = (each for each in seen(chen, disputed).readings if each.edited)
    taken = chen.decide(disputed, edit.verdict, edited=edit.edited)
    assert (taken.role, taken.edited) == ("adjudicator", edit.edited.id)
    assert status(ward, disputed) is Status.SUPERSEDED
    assert status(ward, edit.edited.id) is Status.ACCEPTED
    with open_corpus(ward).unit(read_only=True) as unit:
        checks = [each.check for each in findings_of(unit, edit.edited.id)]
    assert len(checks) == len(set(checks))  # it was judged once, when it was made


def test_only_what_readers_disagree_on_is_an_adjudicators(ward: Workspace, disputed: str) -> None:
    assert queue(desk(ward, "chen", adjudicates=True)) == [disputed]
    assert disputed not in queue(desk(ward, "zhao"))


def test_who_read_it_does_not_settle_it(ward: Workspace, disputed: str) -> None:
    wang = desk(ward, "wang", adjudicates=True)
    assert queue(wang) == []
    with pytest.raises(UsageError, match="somebody else"):
        wang.decide(disputed, ACCEPT)


def test_of_two_adjudicators_one_decides(ward: Workspace, disputed: str) -> None:
    chen = desk(ward, "chen", adjudicates=True)
    assert queue(flow.open_desk(ward, "sun", adjudicates=True)) == []  # leased
    ward.leases_path.unlink()  # a file that somebody cleared away keeps nobody apart
    sun = desk(ward, "sun", adjudicates=True)
    sun.decide(disputed, ACCEPT)
    with pytest.raises(DecidedMeanwhile, match="sun"):
        chen.decide(disputed, REJECT, reason="wrong_fact")


def test_an_adjudicator_takes_back_only_what_was_settled(ward: Workspace, disputed: str) -> None:
    chen = desk(ward, "chen")
    other = queue(chen)[0]
    chen.decide(other, ACCEPT)
    settling = desk(ward, "chen", adjudicates=True)
    settling.decide(disputed, ACCEPT)
    item = settling.undo()
    assert item is not None
    assert (item.instruction.id, len(item.readings)) == (disputed, 2)
    assert settling.undo() is None


def test_a_plain_reviewer_is_no_adjudicator(ward: Workspace) -> None:
    flow.add_account(ward, "wang", Role.REVIEWER)
    with pytest.raises(UsageError, match="pedcorpus reviewers role wang adjudicator"):
        flow.open_desk(ward, "wang", adjudicates=True)
