from collections.abc import Iterator
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import DecidedMeanwhile
from pedcorpus.flow import CorpusDesk
from pedcorpus.records import Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    return copied(built, tmp_path / "ward")


@pytest.fixture
def wang(ward: Workspace) -> Iterator[CorpusDesk]:
    desk = flow.open_desk(ward, "wang")
    yield desk
    desk.close()


@pytest.fixture
def li(ward: Workspace) -> Iterator[CorpusDesk]:
    desk = flow.open_desk(ward, "li")
    yield desk
    desk.close()


def ids(desk: CorpusDesk) -> list[str]:
    return [entry.id for entry in desk.queue().entries]


def read(desk: CorpusDesk, names: list[str]) -> list[str]:
    return [item.instruction.id for item in desk.read(names).items]


def test_what_one_has_on_screen_is_not_in_anothers_queue(wang: CorpusDesk, li: CorpusDesk) -> None:
    names = ids(wang)
    assert read(wang, names[:2]) == names[:2]
    assert ids(li) == names[2:]
    assert li.queue().waiting == len(names)


def test_what_another_has_on_screen_is_gone_until_it_is_given_back(wang: CorpusDesk, li: CorpusDesk) -> None:
    names = ids(li)
    read(wang, names[:2])
    assert li.read(names[:3]).gone == tuple(names[:2])
    wang.close()
    assert read(li, names[:2]) == names[:2]


def test_what_another_decided_since_the_queue_was_read_is_gone(wang: CorpusDesk, li: CorpusDesk) -> None:
    names = ids(li)
    wang.decide(names[0], Verdict.ACCEPT)
    taken = li.read(names[:2])
    assert (taken.gone, [item.instruction.id for item in taken.items]) == ((names[0],), [names[1]])


def test_a_second_decision_on_what_was_settled_is_refused_by_name(
    ward: Workspace, wang: CorpusDesk, li: CorpusDesk
) -> None:
    names = ids(wang)
    read(wang, names[:1])
    ward.leases_path.unlink()
    read(li, names[:1])
    wang.decide(names[0], Verdict.ACCEPT)
    for _ in range(2):
        with pytest.raises(DecidedMeanwhile, match="wang") as refused:
            li.decide(names[0], Verdict.REJECT, reason="wrong_fact")
    assert refused.value.by == ("wang",)
    assert [each.reviewer for each in li.item(names[0]).decisions] == ["wang"]
    assert li.read(names[:1]).gone == (names[0],)


def test_what_another_put_off_may_still_be_decided(ward: Workspace, wang: CorpusDesk, li: CorpusDesk) -> None:
    names = ids(wang)
    read(wang, names[:1])
    ward.leases_path.unlink()
    read(li, names[:1])
    wang.decide(names[0], Verdict.DEFER)
    assert li.decide(names[0], Verdict.ACCEPT).reviewer == "li"


def test_undo_goes_on_where_the_last_session_ended(ward: Workspace, wang: CorpusDesk, li: CorpusDesk) -> None:
    first, second, third, fourth, *_ = ids(wang)
    wang.decide(first, Verdict.ACCEPT)
    wang.decide(second, Verdict.REJECT, reason="wrong_fact")
    li.decide(third, Verdict.ACCEPT)
    again = flow.open_desk(ward, "wang")
    again.decide(fourth, Verdict.ACCEPT)
    undone = [item.instruction.id for item in iter(again.undo, None)]
    assert undone == [fourth, second, first]
    assert [each.verdict for each in li.item(third).decisions] == [Verdict.ACCEPT]


def test_what_is_accepted_in_bulk_is_not_undone(ward: Workspace, wang: CorpusDesk) -> None:
    flow.accept_all(ward, "wang")
    assert wang.undo() is None


def test_counts_are_kept_without_a_look_at_the_corpus(wang: CorpusDesk) -> None:
    names = ids(wang)
    wang.decide(names[0], Verdict.ACCEPT)
    wang.decide(names[1], Verdict.DEFER)
    wang.undo()
    assert (wang.progress().waiting, wang.progress().decided) == (len(names) - 1, 1)
    assert wang.queue().waiting == len(names) - 1


def test_what_is_at_hand_is_not_read_again(ward: Workspace, wang: CorpusDesk) -> None:
    names = ids(wang)
    before = read(wang, names)
    ward.corpus_path.rename(ward.root / "elsewhere.duckdb")
    assert read(wang, names) == before


def test_the_next_items_are_read_several_at_once(wang: CorpusDesk) -> None:
    names = ids(wang)
    assert len(read(wang, names)) == min(len(names), 6)


def test_leases_that_cannot_be_had_stop_nothing_and_are_told(ward: Workspace, wang: CorpusDesk) -> None:
    ward.leases_path.mkdir()
    names = ids(wang)
    assert read(wang, names[:1]) == names[:1]
    wang.decide(names[0], Verdict.ACCEPT)
    assert list(wang.notices()) == ["leases_unusable"]


def test_a_flag_to_a_colleague_comes_first_there(wang: CorpusDesk, li: CorpusDesk) -> None:
    last = ids(wang)[-1]
    wang.decide(last, Verdict.FLAG, note="请看剂量", colleague="li")
    entry = li.queue().entries[0]
    assert (entry.id, entry.flagged) == (last, True)
