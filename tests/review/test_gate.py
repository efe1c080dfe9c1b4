from __future__ import annotations

import pytest

from pedcorpus.records import Agreement, AgreementReport
from pedcorpus.review.gate import low_agreement

GOOD = Agreement(instructions=40, judgements=80, agreed=0.95, alpha=0.9, interval=(0.8, 0.97))
POOR = Agreement(instructions=40, judgements=80, agreed=0.7, alpha=0.41, interval=(0.22, 0.6))
ALIKE = Agreement(instructions=40, judgements=80, agreed=1.0, alpha=None)
FEW = Agreement(instructions=4, judgements=8, agreed=1.0, alpha=1.0, interval=(1.0, 1.0))


def told(tasks: dict[str, Agreement], *, least: float = 0.8, rows: int = 30) -> tuple[str, ...]:
    report = AgreementReport(whole=None, tasks=tasks, reasons={}, pairs={})
    return low_agreement(report, ["medkqa"], least=least, rows=rows)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param({"medkqa": GOOD}, (), id="high enough"),
        pytest.param({"medkqa": ALIKE}, (), id="one and the same of all"),
        pytest.param(
            {"medkqa": POOR}, ("medkqa has an alpha of 0.41 (0.22 to 0.60) over 40 rows, expected 0.80",), id="too low"
        ),
        pytest.param({"medkqa": FEW}, ("medkqa has 4 rows that were read twice, expected 30",), id="too few"),
        pytest.param({"evidiag": GOOD}, ("medkqa has 0 rows that were read twice, expected 30",), id="another task"),
        pytest.param({"medkqa": GOOD, "evidiag": POOR}, (), id="a task that does not go out"),
    ],
)
def test_a_task_goes_out_when_its_readers_agree(found: dict[str, Agreement], words: tuple[str, ...]) -> None:
    assert told(found) == words


def test_without_a_least_agreement_everything_may_go_out() -> None:
    assert told({"medkqa": POOR}, least=0.0) == ()
