"""Items whose verdict is known: added, offered, answered, told."""

import shutil
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.flow import CorpusDesk
from pedcorpus.records import Role, Status, Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.flow.test_overlap import candidates, say

ACCEPT, REJECT = Verdict.ACCEPT, Verdict.REJECT
HALF = "[review.calibration]\nshare = 0.5\n"


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    """A corpus of which every other item is to be one that is known."""
    ward = copied(built, tmp_path / "ward")
    ward.settings_path.write_text(HALF, encoding="utf-8")
    return ward


@pytest.fixture
def known(ward: Workspace) -> str:
    """A row that chen rejected, and keeps as a known item."""
    name = candidates(ward)[0]
    say(ward, (name, "chen", REJECT), readers=1)
    flow.add_known(ward, [name], reviewer="chen")
    return name


def at_desk(ward: Workspace, reviewer: str = "wang") -> tuple[CorpusDesk, list[str]]:
    shutil.rmtree(ward.queue_folder, ignore_errors=True)  # worked out anew, however busy the machine is
    desk = flow.open_desk(ward, reviewer)
    ids = [entry.id for entry in desk.queue().entries]
    desk.read(ids)
    return desk, ids


def status(ward: Workspace, name: str) -> Status:
    return flow.open_desk(ward, "anybody").item(name).status


def test_a_known_item_stands_among_the_others_and_counts_as_one(ward: Workspace, known: str) -> None:
    without = [entry.id for entry in flow.open_desk(ward, "chen").queue().entries]
    desk, ids = at_desk(ward)
    assert sorted(ids) == sorted([*without, known])
    assert desk.progress().waiting == len(ids)


def test_nothing_on_the_screen_tells_it_from_others(ward: Workspace, known: str) -> None:
    desk, _ = at_desk(ward)
    item = desk.read([known]).items[0]
    assert item.decisions == ()


def test_an_answer_decides_nothing_and_is_asked_for_once(ward: Workspace, known: str) -> None:
    desk, ids = at_desk(ward)
    answer = desk.decide(known, ACCEPT)
    assert (answer.acceptance, answer.readers) == ("calibration", 1)
    assert status(ward, known) is Status.REJECTED
    assert desk.progress().waiting == len(ids) - 1
    assert known not in at_desk(ward)[1]
    assert known in at_desk(ward, "li")[1]


def test_two_may_have_it_on_screen(ward: Workspace, known: str) -> None:
    held, _ = at_desk(ward)
    _, ids = at_desk(ward, "li")
    assert known in ids
    held.close()


def test_an_answer_that_was_taken_back_is_given_again_as_an_answer(ward: Workspace, known: str) -> None:
    desk, _ = at_desk(ward)
    desk.decide(known, ACCEPT)
    again = flow.open_desk(ward, "wang")  # another day
    item = again.undo()
    assert item is not None
    assert again.decide(known, REJECT, reason="wrong_fact").acceptance == "calibration"


def test_who_decided_a_row_is_never_asked_about_it(ward: Workspace, known: str) -> None:
    assert known not in at_desk(ward, "chen")[1]


def test_reviewers_tell_who_answered_right(ward: Workspace, known: str) -> None:
    at_desk(ward)[0].decide(known, ACCEPT)
    at_desk(ward, "li")[0].decide(known, REJECT, reason="wrong_fact")
    told = {each.reviewer: (each.calibration_right, each.calibration_answered) for each in flow.reviewers(ward)}
    assert told == {"chen": (0, 0), "wang": (0, 1), "li": (1, 1)}
    (item,) = flow.known_items(ward)
    assert (item.answered, item.right, item.status) == (2, 1, Status.REJECTED)


def test_a_removed_item_is_offered_to_nobody(ward: Workspace, known: str) -> None:
    assert flow.remove_known(ward, [known[:6]], reviewer="chen") == 1
    assert known not in at_desk(ward)[1]
    with pytest.raises(UsageError, match="calibration list"):
        flow.remove_known(ward, [known])


def test_an_item_that_waits_again_is_read_in_earnest(ward: Workspace, known: str) -> None:
    chen = flow.open_desk(ward, "chen")
    assert chen.undo() is not None
    desk, ids = at_desk(ward)
    assert known in ids
    assert desk.decide(known, ACCEPT).acceptance == "reviewed"
    assert status(ward, known) is Status.ACCEPTED


def test_what_waits_has_no_known_answer(ward: Workspace) -> None:
    with pytest.raises(UsageError, match="not decided yet"):
        flow.add_known(ward, candidates(ward)[:1])


@pytest.mark.parametrize(
    ("verdict", "reason", "expected"),
    [(None, "", (REJECT, "wrong_fact")), (ACCEPT, "", (ACCEPT, "")), (REJECT, "incomplete", (REJECT, "incomplete"))],
    ids=["as it was decided", "a steward knows better", "for another reason"],
)
def test_the_known_answer_is_what_was_decided_or_given(
    ward: Workspace, known: str, verdict: Verdict | None, reason: str, expected: tuple[Verdict, str]
) -> None:
    (item,) = flow.add_known(ward, [known], verdict=verdict, reason=reason)
    assert (item.verdict, item.reason) == expected


@pytest.mark.parametrize(
    ("start", "verdict", "reason"), [("nothing", None, ""), ("", REJECT, "because"), ("", ACCEPT, "wrong_fact")]
)
def test_what_cannot_be_known_is_refused(
    ward: Workspace, known: str, start: str, verdict: Verdict | None, reason: str
) -> None:
    with pytest.raises(UsageError):
        flow.add_known(ward, [start or known], verdict=verdict, reason=reason)


def test_what_readers_settled_is_taken_one_verdict_after_another(ward: Workspace) -> None:
    names = candidates(ward)
    for name in names[:4]:
        say(ward, (name, "wang", ACCEPT), (name, "li", ACCEPT))
    say(ward, (names[4], "wang", REJECT), (names[4], "li", REJECT))
    found = flow.add_settled(ward, 2, reviewer="chen")
    assert {item.verdict for item in found} == {ACCEPT, REJECT}
    assert {item.origin for item in found} == {"agreed"}
    assert len(flow.add_settled(ward, 9, reviewer="chen")) == 3


def test_a_plain_reviewer_knows_no_answers(ward: Workspace, known: str) -> None:
    flow.add_account(ward, "wang", Role.REVIEWER)
    with pytest.raises(UsageError, match="wang is a reviewer"):
        flow.add_known(ward, [known], reviewer="wang")
