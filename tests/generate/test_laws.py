"""What holds for every draft of the sample shelf, and of the real text where it is present."""

import re
from collections import Counter

import pytest

from pedcorpus.generate import draft_instructions
from pedcorpus.normalise import contains_folded, fold
from pedcorpus.records import Basis
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks import task_of
from tests.generate.shelf import REAL, materials, sample_shelf

CHAPTERS = REAL / "textbook_md" / "gmzyjc_ek"
needs_real = pytest.mark.skipif(not CHAPTERS.is_dir(), reason="../shared/data is absent")


@pytest.fixture(
    scope="module",
    params=["shelf", pytest.param("chapters", marks=[pytest.mark.real, needs_real])],
)
def read(request):
    """Materials with their drafts."""
    found = sample_shelf() if request.param == "shelf" else materials(CHAPTERS, "textbook")
    return [(material, list(draft_instructions(material, GenerateSettings()))) for material in found]


def test_every_quote_is_verbatim_at_its_place(read):
    for material, drafts in read:
        origins = {row.id: row.text for row in material.passages} | {row.id: row.quote for row in material.triples}
        for draft in drafts:
            assert all(item.quote in origins[item.origin_id] for item in draft.evidence)


def test_everything_an_answer_asserts_is_in_its_evidence(read):
    for _, drafts in read:
        for draft in drafts:
            for claim in draft.claims():
                assert _is_said(draft, claim), (draft.question, claim)


def _is_said(draft, claim):
    if claim.basis is Basis.SAFETY:
        return claim.text == task_of(draft.task).safety_lines[draft.language]
    if claim.basis is Basis.COMPUTED:
        return True
    cited = [draft.evidence[index] for index in claim.evidence] or list(draft.evidence)
    said = [text for item in cited for text in (item.quote, *item.address.heading_path)]
    return any(contains_folded(text, claim.text) for text in said)


def test_computed_doses_are_dose_times_weight_and_under_their_ceiling(read):
    orders = [(d.patient.weight_kg, drug) for _, ds in read for d in ds if d.task == "trerecom" for drug in d.drugs]
    for weight, drug in orders:
        if drug.computed_high is not None:
            assert drug.computed_high == pytest.approx(drug.dose_high * weight, rel=1e-3)
            assert drug.computed_low == pytest.approx(drug.dose_low * weight, rel=1e-3)


def test_the_same_question_is_not_asked_twice_of_one_document(read):
    for _, drafts in read:
        counts = Counter((draft.task, fold(draft.user_text())) for draft in drafts)
        assert not [question for question, count in counts.items() if count > 1]


def test_answers_are_not_dumps(read):
    limit = GenerateSettings().max_answer_chars
    assert all(len(draft.answer) <= limit for _, drafts in read for draft in drafts if draft.task == "medkqa")


def test_nothing_points_at_what_the_reader_lacks(read):
    pattern = re.compile(r"如图|见图|[见如下]表|本节|本章|上述|详见|第[一二三四五六七八九十]+[章节]")
    for _, drafts in read:
        assert [draft.user_text() for draft in drafts if pattern.search(draft.user_text())] == []
        assert [draft.answer for draft in drafts if draft.task == "medkqa" and pattern.search(draft.answer)] == []


def test_the_order_of_passages_does_not_matter(read):
    material, drafts = read[0]
    turned = type(material)(material.source, material.document, material.passages[::-1], material.triples[::-1])
    assert [d.id for d in draft_instructions(turned, GenerateSettings())] == [d.id for d in drafts]


def test_no_eight_characters_open_more_than_one_question_in_fifty(read):
    openings = Counter(draft.user_text()[:8] for _, drafts in read for draft in drafts)
    assert max(openings.values()) <= 0.02 * openings.total()


@pytest.mark.real
@needs_real
def test_nine_in_ten_disease_chapters_give_an_instruction_with_its_place():
    chapters = [
        m for m in materials(CHAPTERS, "textbook") if re.match(r"ekgl\d\d-.*[1-9]\.0\.0\.0\.md", m.document.path)
    ]
    served = 0
    for material in chapters:
        drafts = list(draft_instructions(material, GenerateSettings()))
        served += any(
            item.address.heading_path and item.quote and item.document == material.document.id
            for draft in drafts
            for item in draft.evidence
        )
    assert len(chapters) >= 25
    assert served >= 0.9 * len(chapters)
