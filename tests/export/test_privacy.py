"""The privacy report: counted from rows, and without an identifier in it."""

from __future__ import annotations

import json

import pytest

from pedcorpus.export import Export, PrivacyRecord
from pedcorpus.export.privacy import privacy_report
from pedcorpus.export.release import select_rows
from pedcorpus.records import Finding, IdentifierKind, ReleaseRow, Severity
from tests.export.sample import DISEASES, cause_question, release_row, sample_release
from tests.export.written import tally_of

KINDS = {IdentifierKind.PHONE: 1, IdentifierKind.PERSON: 2}


def from_talk(number: int, dialogue: str) -> ReleaseRow:
    record = cause_question(DISEASES[number])
    evidence = tuple(one.model_copy(update={"origin": "turn", "origin_id": dialogue}) for one in record.evidence)
    return release_row(record.model_copy(update={"evidence": evidence}))


def reported(record: PrivacyRecord, *rows: ReleaseRow) -> dict[str, object]:
    release = sample_release(rows=rows, privacy=record)
    tally = tally_of(release)
    facts = release.stream.privacy(select_rows(release).chosen, tally.dialogues)
    return privacy_report(facts, tally, rows=len(rows))


def test_a_dialogue_counts_once_however_many_rows_rest_on_it() -> None:
    record = PrivacyRecord(replaced={"talk": KINDS, "plain": {}, "elsewhere": KINDS})
    report = reported(record, from_talk(0, "talk"), from_talk(1, "talk"), from_talk(2, "plain"))
    assert report["dialogues"] == {"cited": 2, "deidentified": 2, "with_identifiers_replaced": 1}
    assert report["identifiers_replaced"] == {"person": 2, "phone": 1}


def test_a_dialogue_that_was_not_deidentified_is_seen() -> None:
    report = reported(PrivacyRecord(), from_talk(0, "talk"))
    assert report["dialogues"] == {"cited": 1, "deidentified": 0, "with_identifiers_replaced": 0}


def test_findings_that_stand_are_counted_by_kind_and_other_checks_are_not() -> None:
    row = from_talk(0, "talk")
    name = row.instruction.id
    findings = tuple(
        Finding(instruction=name, check=check, severity=Severity.ERROR, reason=reason)
        for check, reason in (
            ("privacy@1:ab", "identifier_phone"),
            ("privacy@1:ab", "identifier_phone"),
            ("dose@1", "x"),
        )
    )
    report = reported(PrivacyRecord(checked={name: "privacy@1:ab"}), row.model_copy(update={"findings": findings}))
    assert report["findings"] == {"identifier_phone": 2}
    assert report["rows"] == {"rows": 1, "checked": 1, "with_findings": 1, "withheld": 0}
    assert report["checks"] == ["privacy@1:ab"]


def test_rows_in_error_that_stay_behind_are_withheld() -> None:
    row = from_talk(0, "talk")
    report = reported(PrivacyRecord(in_error=frozenset({row.instruction.id, "another"})), row)
    assert isinstance(report["rows"], dict)
    assert report["rows"]["withheld"] == 1


@pytest.mark.parametrize("words", ["## Privacy", "reports/privacy.json"])
def test_the_card_states_it(words: str, sample_export: Export) -> None:
    assert words in (sample_export.root / "README.md").read_text(encoding="utf-8")
    assert json.loads((sample_export.root / "reports" / "privacy.json").read_bytes())["rows"]["rows"] == 34
