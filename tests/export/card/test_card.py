from __future__ import annotations

import re

import pytest
import yaml

from pedcorpus.export import Export, write_export
from pedcorpus.records import Box, Tier
from tests.export.sample import BOOK, DISEASES, cause_question, release_row, sample_release


def front_matter(card: str) -> dict[str, object]:
    return yaml.safe_load(card.split("---\n")[1])


@pytest.fixture(scope="module")
def card(sample_export: Export) -> str:
    return (sample_export.root / "README.md").read_text("utf-8")


def write_card(tmp_path, **changes: object) -> str:
    return (write_export(sample_release("v1", **changes), tmp_path / "v1").root / "README.md").read_text("utf-8")


def test_configs_name_exactly_the_tables_there_are(sample_export: Export, card: str) -> None:
    named = {item["path"] for config in front_matter(card)["configs"] for item in config["data_files"]}
    assert named == {
        name for name in sample_export.manifest.files if name.endswith(".parquet") and not name.startswith("origins/")
    }


def test_works_of_different_licences_are_other(card: str) -> None:
    assert front_matter(card)["license"] == "other"
    assert front_matter(card)["license_link"] == "LICENSE.md"


@pytest.mark.parametrize(("name", "expected"), [("CC0-1.0", "cc0-1.0"), ("unknown", "unknown"), ("本院自定", "other")])
def test_a_single_licence_is_named_as_the_hub_names_it(tmp_path, name: str, expected: str) -> None:
    source = BOOK.model_copy(update={"license": name})
    rows = [release_row(cause_question(disease)) for disease in DISEASES]
    head = front_matter(write_card(tmp_path, rows=rows, sources=[source], triples=()))
    assert head["license"] == expected
    assert ("license_name" in head) == (expected == "other")


@pytest.mark.parametrize(
    "words",
    [
        "not medical advice",
        "| `book` | 样书 \\| 儿科学 | 样本出版社 | 第1版 | CC0-1.0 | open | 30 | 88.2% |",
        "- `book`: 样书，CC0",
        "| `evidiag` | Evidence-based diagnosis |",
        "| `reviewed` | a reviewer decided on this row | 34 | 100.0% |",
        "shared 13-character runs",
        'datasets.load_dataset("exports/v1", "sft")',
    ],
)
def test_the_card_says_(card: str, words: str) -> None:
    assert words in card


def test_a_sound_export_carries_no_warning(card: str) -> None:
    assert "\n> " not in card


def test_rows_accepted_unread_are_said_at_the_top(tmp_path) -> None:
    rows = [release_row(cause_question(disease), acceptance="accept-all") for disease in DISEASES]
    text = write_card(tmp_path, rows=rows)
    assert text.index("10 of 10 rows were accepted in bulk") < text.index("## What is in it")


def test_a_candidate_export_says_so_at_the_top(tmp_path) -> None:
    rows = [release_row(cause_question(disease), acceptance="candidate", decisions=()) for disease in DISEASES]
    text = write_card(tmp_path, rows=rows, status="candidate")
    assert text.index("**Candidate export.** 10 of 10 rows") < text.index("## What is in it")
    assert "candidate" in front_matter(text)["tags"]


def test_what_stayed_behind_is_counted(tmp_path) -> None:
    assert "not in this export: 14 by tier" in write_card(tmp_path, tier=Tier.OPEN)


def test_passages_that_ocr_was_not_sure_of_are_told(tmp_path) -> None:
    first = sample_release().passages[0]
    unsure = Box(page=1, x0=0, y0=0, x1=9, y1=9, start=0, end=2, confidence=0.6)
    passage = first.model_copy(update={"address": first.address.model_copy(update={"boxes": (unsure,)})})
    assert "Left out of `cpt`: 1 passage of scanned pages" in write_card(tmp_path, passages=(passage,))


def test_lengths_are_told_by_task(card: str) -> None:
    assert "| answer | `trerecom` | 10 | " in card


def test_every_figure_in_the_card_is_a_file(sample_export: Export, card: str) -> None:
    named = set(re.findall(r"!\[[^]]+\]\(([^)]+)\)", card))
    assert named == {name for name in sample_export.manifest.files if name.endswith(".png")}


def test_what_licences_want_to_be_shown_is_in_the_licence_file(sample_export: Export) -> None:
    assert "- `book`: 样书，CC0" in (sample_export.root / "LICENSE.md").read_text("utf-8")
