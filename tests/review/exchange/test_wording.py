from __future__ import annotations

import pytest

from pedcorpus.records import Verdict
from pedcorpus.review.exchange.wording import CHOOSABLE, reason_choices, reason_code, verdict_code
from pedcorpus.tasks import task_names, task_of


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_of_every_task_can_be_chosen_and_told_apart(language):
    choices = reason_choices(language)
    assert {code for task in task_names() for code in task_of(task).reject_reasons} == set(choices)
    assert len(set(choices.values())) == len(choices)
    assert [reason_code(words) for words in choices.values()] == list(choices)


def test_every_verdict_but_undo_can_be_chosen():
    assert set(CHOOSABLE) == set(Verdict) - {Verdict.UNDO}
    assert [verdict_code(words["zh"]) for words in CHOOSABLE.values()] == list(CHOOSABLE)


def test_an_unknown_word_stays_as_it_is():
    assert (verdict_code("maybe"), reason_code("because")) == ("maybe", "because")
