"""What a second opinion is asked, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.curate import Opinions, opinion_question, opinions_read
from pedcorpus.records import Instruction, Severity
from tests.by_hand import question


def opinions(*said: dict[str, Any]) -> Opinions:
    return Opinions.model_validate({"opinions": list(said)})


def test_quotes_and_claims_stand_between_marks_that_no_source_can_forge() -> None:
    ask = opinion_question(question())
    assert ask is not None
    first, *rows, last = ask.messages[1].content.split("\n")
    assert first.removeprefix("<<<") == last.removesuffix(">>>")
    assert first[3:] not in "".join(rows)
    assert [row.split("]")[0] for row in rows] == ["[quote", "[claim 1"]


@pytest.mark.parametrize(
    ("said", "severity", "reason"),
    [
        ({"claim": 1, "supported": True}, Severity.PASS, ""),
        ({"claim": 1, "supported": False, "reason": "剂量不同"}, Severity.WARNING, "not_entailed"),
        ({"claim": 7, "supported": True}, Severity.WARNING, "not_judged"),
    ],
)
def test_an_opinion_is_one_finding_and_never_an_error(said: dict[str, Any], severity: Severity, reason: str) -> None:
    [finding] = opinions_read(question(), opinions(said))
    assert (finding.severity, finding.reason) == (severity, reason)
    assert finding.check == "second_opinion@1"


def test_what_claims_nothing_is_not_asked_about() -> None:
    class Silent(type(question())):  # type: ignore[misc]
        def claims(self) -> tuple[()]:
            return ()

    silent: Instruction = Silent.model_validate(question().model_dump())
    assert opinion_question(silent) is None
