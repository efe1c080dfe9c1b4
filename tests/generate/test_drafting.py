from dataclasses import replace

import pytest

from pedcorpus.generate import draft_instructions, generator_id, generators
from pedcorpus.records import SourceKind
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import FRAGMENT, book


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("textbook", ["rule.section@2"]),
        ("guideline", ["rule.guideline@2"]),
        ("graph", ["rule.graph@2"]),
        ("consultation", ["rule.imported@1"]),
        ("dataset", ["rule.imported@1"]),
    ],
)
def test_each_kind_of_work_has_its_generators(kind, names):
    assert [generator_id(generator) for generator in generators(SourceKind(kind))] == names


def test_drafts_carry_their_generator_and_their_sources_licence():
    draft = next(draft_instructions(FRAGMENT, GenerateSettings()))
    assert (draft.generator, draft.license, draft.tier) == ("rule.section@2", "CC0-1.0", "open")


def test_the_same_material_gives_the_same_drafts():
    first, second = (list(draft_instructions(FRAGMENT, GenerateSettings())) for _ in range(2))
    assert [draft.id for draft in first] == [draft.id for draft in second]


def test_nothing_is_drafted_from_the_prose_of_a_consultation():
    assert list(draft_instructions(book(("热性惊厥是病。", "热性惊厥"), kind="consultation"), GenerateSettings())) == []


def test_exercises_and_references_are_no_facts():
    marked = [one.model_copy(update={"attributes": {"apparatus": "exercise"}}) for one in FRAGMENT.passages]
    assert list(draft_instructions(replace(FRAGMENT, passages=tuple(marked)), GenerateSettings())) == []
