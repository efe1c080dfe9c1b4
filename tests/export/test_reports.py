from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.export import SPLITS, Export, Release, write_export
from pedcorpus.records import SamplingPlan
from tests.export.sample import BOOK, DISEASES, cause_question, release_row, sample_release


def test_each_work_is_listed_with_its_licence_and_share(sample_export: Export) -> None:
    report = json.loads((sample_export.root / "reports" / "licences.json").read_bytes())
    book, graph = report["sources"]
    assert (book["id"], book["license"], book["tier"], book["rows"]) == ("book", "CC0-1.0", "open", 30)
    assert (graph["rows"], graph["rows_share"]) == (14, round(14 / 34, 4))
    assert sum(report["rows_by_license"].values()) == 34


def test_a_work_without_a_licence_is_listed_as_internal(tmp_path) -> None:
    sources = [BOOK.model_copy(update={"license": "unknown"})]
    export = write_export(sample_release("v1", sources=sources), tmp_path / "v1")
    report = json.loads((export.root / "reports" / "licences.json").read_bytes())
    assert [source["tier"] for source in report["sources"]] == ["internal"]


def reviewed(export: Export) -> dict[str, Any]:
    return json.loads((export.root / "reports" / "review.json").read_bytes())


def test_acceptance_is_counted_by_kind(tmp_path: Path) -> None:
    kinds = ("reviewed", "accept-all", "accept-all", "plan")
    rows = [
        release_row(cause_question(disease), acceptance=kind) for disease, kind in zip(DISEASES, kinds, strict=False)
    ]
    report = reviewed(write_export(sample_release("v1", rows=rows), tmp_path / "v1"))
    assert report["acceptance"]["accept-all"] == {"rows": 2, "share": 0.5}
    assert report["acceptance"]["plan"] == {"rows": 1, "share": 0.25}


def sampled_release() -> Release:
    """Two rows accepted by a plan and one that a person read."""
    plan = SamplingPlan(
        source="book", task="medkqa", generator="section@1", limit=0.02, confidence=0.95, allowed_defects=3, seed="s",
        rows=900, lot="l", reviewed=278, rejected=1, edited=0, upper_bound=0.0189,
    )  # fmt: skip
    by_plan, read, again = (release_row(cause_question(disease)) for disease in DISEASES[:3])
    accepted = [
        row.model_copy(
            update={
                "acceptance": "plan",
                "decisions": tuple(
                    one.model_copy(update={"acceptance": "plan", "plan": plan.id}) for one in row.decisions
                ),
            }
        )
        for row in (by_plan, again)
    ]
    return replace(sample_release("v1", rows=[*accepted, read]), plans={plan.id: plan, "unused": plan})


def test_rows_accepted_by_a_plan_are_told_with_its_arithmetic(tmp_path: Path) -> None:
    release = sampled_release()
    (told,) = reviewed(write_export(release, tmp_path / "v1"))["plans"]
    assert (told["rows"], told["reviewed"], told["rejected"], told["rows_here"]) == (900, 278, 1, 2)
    assert told["plan"] in release.plans


def test_the_card_and_each_record_name_the_plan(tmp_path: Path) -> None:
    release = sampled_release()
    export = write_export(release, tmp_path / "v1")
    name = next(iter(release.plans))
    assert f"| `{name}` | book × medkqa × section@1 | 900 | 278 | 1 | 0 | 1.89% |" in (
        export.root / "README.md"
    ).read_text("utf-8")
    rows = [row for split in SPLITS for row in export.rows("instructions", split)]
    assert sorted(row["decisions"][-1]["plan"] for row in rows) == ["", name, name]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("findings", [{"check": "quote@1", "severity": "warning", "reason": "folded", "findings": 34}]),
        ("decisions", {"accept": 34}),
        ("reviewers", 2),
        (
            "corpus",
            {
                "instructions": {"medkqa": {"accepted": 14, "rejected": 1}},
                "failures": {"not_text": 2},
                "unsure_passages": {"ocr_confidence_below": 0.9, "passages": 0},
            },
        ),
    ],
)
def test_the_review_report_counts_(sample_export: Export, path: str, value: object) -> None:
    assert reviewed(sample_export)[path] == value
