from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.export import write_export
from pedcorpus.records import Agreement, AgreementReport, Disputes, Tier
from tests.export.sample import sample_release

PAIR = Agreement(40, 80, 0.85, 2 / 3, (0.51, 0.78), cohen=0.66666)
REPORT = AgreementReport(
    whole=PAIR,
    tasks={"medkqa": PAIR},
    reasons={},
    pairs={("li", "zz"): PAIR},
    disputes=Disputes(awaited=3, open=2, settled={"chen": 4}, came_round=1),
)


def written(folder: Path, **changes: Any) -> Any:
    """The report of the sample release, and its manifest and card."""
    release = replace(sample_release("v1"), **({"agreement": REPORT} | changes))
    made = write_export(release, folder / "v1")
    path = made.root / "reports" / "agreement.json"
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return report, made, (made.root / "README.md").read_text(encoding="utf-8")


def test_figures_are_rounded_and_names_stand_in_tier_internal_alone(tmp_path: Path) -> None:
    report, _, _ = written(tmp_path, tier=Tier.INTERNAL)
    assert (report["whole"]["alpha"], report["whole"]["interval"]) == (0.6667, [0.51, 0.78])
    assert (report["pairs"][0]["reviewers"], report["disputes"]["settled"]) == (["li", "zz"], {"chen": 4})


def test_outside_it_reviewers_are_numbered_after_those_whose_decisions_are_in_it(tmp_path: Path) -> None:
    report, _, _ = written(tmp_path, tier=Tier.OPEN)
    names = [*report["pairs"][0]["reviewers"], *report["disputes"]["settled"]]
    assert all(name.startswith("reviewer-") for name in names)
    assert len(set(names)) == 3
    assert not {"zz", "chen"} & set(json.dumps(report).split('"'))


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    turned = replace(REPORT, pairs={("li", "zz"): PAIR, ("a", "b"): PAIR})
    again = replace(REPORT, pairs={("a", "b"): PAIR, ("li", "zz"): PAIR})
    one, other = (written(tmp_path / name, agreement=each)[1] for name, each in (("1", turned), ("2", again)))
    assert one.sha256 == other.sha256


@pytest.mark.parametrize(("reason", "says"), [("pilot (chen)", True), ("", False)])
def test_a_reason_to_go_out_all_the_same_is_in_manifest_and_card(tmp_path: Path, reason: str, says: bool) -> None:
    report, made, card = written(tmp_path, low_agreement=reason)
    assert made.manifest.low_agreement == report["gate"]["allowed"] == reason
    assert ("agree less than was asked for" in card) is says


def test_the_card_says_how_many_wait(tmp_path: Path) -> None:
    assert "3 that wait for another reader, and 2 on which readers disagree" in written(tmp_path)[2]


def test_what_was_not_worked_out_has_no_report(tmp_path: Path) -> None:
    report, _, card = written(tmp_path, agreement=None)
    assert report is None
    assert "Not stated for this version" in card
