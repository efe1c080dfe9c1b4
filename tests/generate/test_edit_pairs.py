import pytest

from pedcorpus.generate import edit_pairs
from pedcorpus.records import Decision, Instruction, PreferenceKind, Verdict
from tests.by_hand import decision, question

ORIGINAL = question()
EDITED = question("多见于6个月至3岁。", parent=ORIGINAL.id)


def edit(edited: Instruction, **changes: str) -> Decision:
    return decision(ORIGINAL.id, Verdict.EDIT, edited=edited.id, **changes)


def pairs(*decisions: Decision, known: tuple[Instruction, ...] = (ORIGINAL, EDITED)):
    return list(edit_pairs(decisions, {record.id: record for record in known}))


def test_the_edited_answer_is_chosen_over_the_one_that_was_found() -> None:
    (pair,) = pairs(edit(EDITED))
    assert (pair.chosen, pair.rejected) == (EDITED.answer_text(), ORIGINAL.answer_text())
    assert (pair.chosen_from, pair.rejected_from) == (EDITED.id, f"instruction:{ORIGINAL.id}")
    assert pair.kind is PreferenceKind.EDIT
    assert pair.prompt == EDITED.messages[:-1]


ASKED_ANEW = question("多见于6个月至3岁。", question="几岁多见？", parent=ORIGINAL.id)
SPACED = question("热性惊厥首次发作多见于6个月至3岁, 患病率为3%～5%。", parent=ORIGINAL.id)


@pytest.mark.parametrize(
    ("decisions", "known"),
    [
        ([edit(EDITED, reason="privacy")], (ORIGINAL, EDITED)),
        ([edit(ASKED_ANEW)], (ORIGINAL, ASKED_ANEW)),
        ([edit(SPACED)], (ORIGINAL, SPACED)),
        ([edit(EDITED)], (EDITED,)),
        ([decision(ORIGINAL.id, Verdict.ACCEPT)], (ORIGINAL, EDITED)),
    ],
    ids=["personal data", "another question", "only a comma", "original unknown", "no edit"],
)
def test_what_is_no_better_answer_to_the_same_prompt_is_no_pair(
    decisions: list[Decision], known: tuple[Instruction, ...]
) -> None:
    assert pairs(*decisions, known=known) == []
