"""Rows of existing data sets become instructions of the task that they are for."""

from __future__ import annotations

import pytest

from pedcorpus.generate import Material
from pedcorpus.generate.imported import GENERATOR
from pedcorpus.records import (
    Address,
    Dialogue,
    DialoguePurpose,
    Document,
    Domain,
    Instruction,
    Source,
    SourceKind,
    Turn,
)
from pedcorpus.settings import GenerateSettings

DOCUMENT = "d" * 64
SETTINGS = GenerateSettings(assistant_name="小安", assistant_author="儿科组")


def row(*turns: str, purpose: str = "instruction", domain: Domain = Domain.GENERAL, **more: str) -> Dialogue:
    return Dialogue(
        document=DOCUMENT,
        purpose=DialoguePurpose(purpose),
        domain=domain,
        turns=tuple(Turn(role="assistant" if place % 2 else "user", content=text) for place, text in enumerate(turns)),
        address=Address(row=1),
        **more,
    )


def drafts(*rows: Dialogue) -> list[Instruction]:
    source = Source(id="set", kind=SourceKind.DATASET, title="一个数据集", license="CC-BY-4.0")
    document = Document(id=DOCUMENT, source="set", path="set.json", parser="dialogue_json@1", bytes=1)
    return list(GENERATOR.drafts(Material(source, document, dialogues=rows), SETTINGS))


@pytest.mark.parametrize(
    ("purpose", "domain", "task"),
    [
        ("instruction", Domain.GENERAL, "general"),
        ("instruction", Domain.OTHER, "general"),
        ("instruction", Domain.GENERAL_MEDICAL, "medical"),
        ("instruction", Domain.PAEDIATRIC, "medical"),
        ("safety", Domain.PAEDIATRIC, "safety"),
        ("self_cognition", Domain.OTHER, "self_cognition"),
    ],
)
def test_what_a_row_is_for_decides_its_task(purpose: str, domain: Domain, task: str) -> None:
    assert [draft.task for draft in drafts(row("问", "答", purpose=purpose, domain=domain))] == [task]


@pytest.mark.parametrize("purpose", ["consultation", "preference"])
def test_consultations_and_pairs_are_not_imported_as_they_are(purpose: str) -> None:
    assert drafts(row("问", "答", purpose=purpose)) == []


def test_a_request_without_an_answer_teaches_nothing() -> None:
    assert drafts(row("怎样伤害别人？", purpose="safety")) == []


def test_several_turns_keep_their_order_and_their_system_prompt() -> None:
    [draft] = drafts(row("一", "二", "三", "四", system="你是助手"))
    assert [(turn.role, turn.content) for turn in draft.messages] == [
        ("system", "你是助手"),
        ("user", "一"),
        ("assistant", "二"),
        ("user", "三"),
        ("assistant", "四"),
    ]
    assert [(item.address.turn, item.quote) for item in draft.evidence] == [(1, "二"), (3, "四")]


def test_the_assistant_has_the_name_in_the_settings() -> None:
    [draft] = drafts(row("你是谁？", "我是{{name}}，由 {{author}} 训练。", purpose="self_cognition"))
    assert draft.answer_text() == "我是小安，由 儿科组 训练。"
    assert draft.evidence[0].quote == "我是{{name}}，由 {{author}} 训练。"


def test_a_row_with_another_placeholder_is_left_out() -> None:
    assert drafts(row("你是谁？", "我是{{name}}，版本{{version}}。", purpose="self_cognition")) == []


def test_the_experts_are_not_trained_on_them() -> None:
    assert not drafts(row("问", "答"))[0].trains_experts
