from collections.abc import Sequence
from typing import Any

import pytest

from pedcorpus.corpus import (
    Corpus,
    add_decisions,
    add_document,
    add_duplicates,
    add_findings,
    add_instructions,
    status_of,
)
from pedcorpus.records import Decision, Duplicate, Finding, Severity, Status, Verdict
from tests.by_hand import DOCUMENT, READING, decision, finding, question

ONE = question()
EDITED = question(question="热性惊厥第一次发作多在几岁？", parent=ONE.id)
PASSED = finding(ONE.id)
FAILED = finding(ONE.id, Severity.ERROR, reason="quote_not_found")
ACCEPT = decision(ONE.id, Verdict.ACCEPT)
REJECT = decision(ONE.id, Verdict.REJECT, reason="wrong_fact")
EDIT = decision(ONE.id, Verdict.EDIT, edited=EDITED.id)


def undo(taken: Decision) -> Decision:
    return decision(taken.instruction, Verdict.UNDO, undoes=taken.id)


@pytest.mark.parametrize(
    ("findings", "decisions", "expected"),
    [
        pytest.param([], [], Status.DRAFT, id="nothing is known of it"),
        pytest.param([PASSED], [], Status.CANDIDATE, id="every check passed"),
        pytest.param([PASSED, FAILED], [], Status.DRAFT, id="a check found an error"),
        pytest.param([finding(ONE.id, Severity.WARNING)], [], Status.CANDIDATE, id="a warning blocks nothing"),
        pytest.param(
            [FAILED, finding(ONE.id, check="quote@2")],
            [],
            Status.CANDIDATE,
            id="a newer check replaces the old verdict",
        ),
        pytest.param([PASSED], [ACCEPT], Status.ACCEPTED, id="accepted"),
        pytest.param([FAILED], [ACCEPT], Status.ACCEPTED, id="a reviewer overrules a check"),
        pytest.param([PASSED], [ACCEPT, REJECT], Status.REJECTED, id="the last verdict counts"),
        pytest.param([PASSED], [ACCEPT, undo(ACCEPT)], Status.CANDIDATE, id="an undone verdict does not count"),
        pytest.param([PASSED], [REJECT, ACCEPT, undo(ACCEPT)], Status.REJECTED, id="the one before it counts again"),
        pytest.param([PASSED], [decision(ONE.id, Verdict.DEFER)], Status.CANDIDATE, id="deferring decides nothing"),
        pytest.param([PASSED], [EDIT], Status.SUPERSEDED, id="an edit replaces it"),
        pytest.param([PASSED], [EDIT, undo(EDIT)], Status.CANDIDATE, id="an undone edit gives it back"),
    ],
)
def test_status_follows_from_findings_and_decisions(
    shelf: Corpus, findings: Sequence[Finding], decisions: Sequence[Decision], expected: Status
) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_findings(unit, findings)
        for taken in decisions:
            add_decisions(unit, [taken])
        assert status_of(unit, ONE.id) is expected


def test_an_edited_record_is_accepted_by_its_edit(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, EDITED])
        add_decisions(unit, [EDIT])
        assert status_of(unit, EDITED.id) is Status.ACCEPTED
        add_decisions(unit, [undo(EDIT)])
        assert status_of(unit, EDITED.id) is Status.SUPERSEDED


def test_a_copy_is_a_duplicate_until_somebody_accepts_it(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_findings(unit, [PASSED])
        add_duplicates(unit, [Duplicate(instruction=ONE.id, cluster="x", kept=False, method="exact@1", similarity=1.0)])
        assert status_of(unit, ONE.id) is Status.DUPLICATE
        add_decisions(unit, [ACCEPT])
        assert status_of(unit, ONE.id) is Status.ACCEPTED


def test_a_new_revision_of_the_file_supersedes_what_was_made_of_the_old(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_decisions(unit, [ACCEPT])
        add_document(unit, DOCUMENT.model_copy(update={"id": "cd" * 32}), reading=READING, folder="/books")
        assert status_of(unit, ONE.id) is Status.SUPERSEDED
        add_document(unit, DOCUMENT, reading=READING, folder="/books")
        assert status_of(unit, ONE.id) is Status.ACCEPTED


def said(reviewer: str, verdict: Verdict, **changes: Any) -> Decision:
    """One of two readers' decision."""
    return decision(ONE.id, verdict, reviewer=reviewer, readers=2, **changes)


def adjudged(verdict: Verdict, **changes: Any) -> Decision:
    return decision(ONE.id, verdict, reviewer="chen", role="adjudicator", **changes)


AGREED = [said("wang", Verdict.ACCEPT), said("li", Verdict.ACCEPT)]
DISPUTED = [said("wang", Verdict.ACCEPT), said("li", Verdict.REJECT, reason="dose_wrong")]


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        pytest.param(AGREED[:1], Status.PENDING, id="the first of two readers"),
        pytest.param(AGREED, Status.ACCEPTED, id="both say the same"),
        pytest.param(DISPUTED, Status.PENDING, id="they disagree"),
        pytest.param([*DISPUTED, said("li", Verdict.ACCEPT)], Status.ACCEPTED, id="one comes round"),
        pytest.param([*DISPUTED, adjudged(Verdict.ACCEPT)], Status.ACCEPTED, id="an adjudicator decides"),
        pytest.param(
            [adjudged(Verdict.REJECT, reason="dose_wrong"), *AGREED], Status.REJECTED, id="whatever is said later"
        ),
        pytest.param([*AGREED, undo(AGREED[1])], Status.PENDING, id="one of two is taken back"),
        pytest.param(
            [said("wang", Verdict.EDIT, edited=EDITED.id), said("li", Verdict.EDIT, edited="other")],
            Status.PENDING,
            id="two edits that differ",
        ),
        pytest.param([decision(ONE.id, Verdict.REJECT, acceptance="calibration")], Status.CANDIDATE, id="calibration"),
    ],
)
def test_what_several_readers_say_comes_to(shelf: Corpus, decisions: Sequence[Decision], expected: Status) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_findings(unit, [PASSED])
        for taken in decisions:
            add_decisions(unit, [taken])
        assert status_of(unit, ONE.id) is expected


def test_an_edit_stands_when_it_is_what_was_decided(shelf: Corpus) -> None:
    edit = said("wang", Verdict.EDIT, edited=EDITED.id)
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, EDITED])
        add_findings(unit, [PASSED])
        add_decisions(unit, [edit, said("li", Verdict.ACCEPT)])
        assert (status_of(unit, ONE.id), status_of(unit, EDITED.id)) == (Status.PENDING, Status.SUPERSEDED)
        add_decisions(unit, [adjudged(Verdict.EDIT, edited=EDITED.id)])
        assert (status_of(unit, ONE.id), status_of(unit, EDITED.id)) == (Status.SUPERSEDED, Status.ACCEPTED)
