"""What a revision that stands, or does not, makes of the instructions that it goes back to."""

from collections.abc import Sequence

import pytest

from pedcorpus.corpus import (
    Corpus,
    add_decisions,
    add_duplicates,
    add_findings,
    add_instructions,
    revisions_of_accepted,
    status_of,
)
from pedcorpus.records import Decision, Duplicate, Finding, Severity, Status, Verdict
from tests.by_hand import decision, finding, question

ORIGINAL = question()
COMPLETED = question(question="首次热性惊厥多见于几岁？", parent=ORIGINAL.id)
RESTRUCTURED = question(question="热性惊厥首次发作多见于几岁？", parent=COMPLETED.id)
ALL = (ORIGINAL, COMPLETED, RESTRUCTURED)


def passed(*records: object) -> list[Finding]:
    return [finding(record.id) for record in records]  # type: ignore[attr-defined]


def failed(record: object) -> Finding:
    return finding(record.id, Severity.ERROR, reason="not_in_evidence")  # type: ignore[attr-defined]


REJECT = decision(RESTRUCTURED.id, Verdict.REJECT, reason="wrong_fact")
UNDO = decision(RESTRUCTURED.id, Verdict.UNDO, undoes=REJECT.id)
KEEP = decision(ORIGINAL.id, Verdict.ACCEPT)
TAKE = decision(RESTRUCTURED.id, Verdict.ACCEPT)


@pytest.mark.parametrize(
    ("findings", "decisions", "expected"),
    [
        pytest.param(passed(*ALL), [], "superseded superseded candidate", id="the last revision that stands"),
        pytest.param([], [], "draft draft draft", id="nothing stands before it is checked"),
        pytest.param(
            [*passed(ORIGINAL, COMPLETED), failed(RESTRUCTURED)], [], "superseded candidate draft", id="last failed"
        ),
        pytest.param(
            [*passed(ORIGINAL, RESTRUCTURED), failed(COMPLETED)],
            [],
            "superseded superseded candidate",
            id="a sound step over one that failed",
        ),
        pytest.param(
            [*passed(ORIGINAL), failed(COMPLETED), failed(RESTRUCTURED)], [], "candidate draft draft", id="none stands"
        ),
        pytest.param(passed(*ALL), [REJECT], "superseded candidate rejected", id="a rejected one gives its place back"),
        pytest.param(passed(*ALL), [REJECT, UNDO], "superseded superseded candidate", id="until that is undone"),
        pytest.param(passed(*ALL), [KEEP], "accepted superseded candidate", id="who is accepted waits for acceptance"),
        pytest.param(passed(*ALL), [KEEP, TAKE], "superseded superseded accepted", id="which then replaces it"),
    ],
)
def test_a_revision_that_stands_replaces_what_it_goes_back_to(
    shelf: Corpus, findings: Sequence[Finding], decisions: Sequence[Decision], expected: str
) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, ALL)
        add_findings(unit, findings)
        for taken in decisions:
            add_decisions(unit, [taken])
        assert [str(status_of(unit, record.id)) for record in ALL] == expected.split()


def test_a_copy_of_its_original_replaces_nothing(shelf: Corpus) -> None:
    copy = Duplicate(instruction=COMPLETED.id, cluster="x", kept=False, method="exact@1", similarity=1.0)
    with shelf.unit() as unit:
        add_instructions(unit, [ORIGINAL, COMPLETED])
        add_findings(unit, passed(ORIGINAL, COMPLETED))
        add_duplicates(unit, [copy])
        assert status_of(unit, ORIGINAL.id) is Status.CANDIDATE


def test_an_edit_of_a_revision_replaces_the_whole_chain(shelf: Corpus) -> None:
    edited = question(question="热性惊厥第一次多在几岁？", parent=RESTRUCTURED.id)
    with shelf.unit() as unit:
        add_instructions(unit, [*ALL, edited])
        add_findings(unit, passed(*ALL))
        add_decisions(unit, [decision(RESTRUCTURED.id, Verdict.EDIT, edited=edited.id)])
        assert {status_of(unit, record.id) for record in ALL} == {Status.SUPERSEDED}
        assert status_of(unit, edited.id) is Status.ACCEPTED


def test_candidates_that_revise_what_is_accepted_are_known(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, ALL)
        add_findings(unit, passed(*ALL))
        assert revisions_of_accepted(unit) == set()
        add_decisions(unit, [KEEP])
        assert revisions_of_accepted(unit) == {RESTRUCTURED.id}
        add_decisions(unit, [TAKE])
        assert revisions_of_accepted(unit) == set()
