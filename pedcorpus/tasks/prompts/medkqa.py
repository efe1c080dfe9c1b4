"""The prompt of MedKQ&A: a question in the asker's voice, answered sentence by sentence from quotes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pedcorpus.tasks.writing import Draft, Part, QuestionKind

__all__ = ["INSTRUCTIONS", "KINDS", "VERSION", "MedKQADraft"]

VERSION = 1


class MedKQADraft(Draft):
    """A question and the sentences of its answer."""

    task: Literal["medkqa"]
    parts: tuple[Part, ...] = Field(min_length=1)


KINDS = (
    QuestionKind("direct", {"zh": "直接问", "en": "plain question"}),
    QuestionKind("scene", {"zh": "先讲情境再问", "en": "tells a situation first"}, with_child=True),
    QuestionKind("why", {"zh": "问原因或道理", "en": "asks why"}),
    QuestionKind("number", {"zh": "问具体数字", "en": "asks for a number"}, needs="number"),
    QuestionKind("listing", {"zh": "要求列举", "en": "asks for a list"}, needs="listing"),
    QuestionKind("doubt", {"zh": "说出常见误解求证", "en": "voices a common misbelief"}),
    QuestionKind("explain", {"zh": "请用大白话解释", "en": "wants it in plain words"}),
    QuestionKind("link", {"zh": "由甲病及乙病，问乙病怎么治", "en": "one disease leads on: care of it"}, needs="link"),
    QuestionKind(
        "link_sign", {"zh": "由甲病及乙病，问怎样看出", "en": "one disease leads on: its signs"}, needs="link"
    ),
    QuestionKind(
        "link_test", {"zh": "由甲病及乙病，问要查什么", "en": "one disease leads on: its tests"}, needs="link"
    ),
    QuestionKind("rival", {"zh": "问本病与该行之病怎么区分", "en": "tell it from that line's disease"}, needs="rival"),
    QuestionKind("rival_sign", {"zh": "举一表现问更像哪种病", "en": "a sign: which of the two is it"}, needs="rival"),
    QuestionKind("decide", {"zh": "问该怎么做决定", "en": "asks what to decide"}, needs="action"),
)

INSTRUCTIONS = {
    "zh": (
        "medkqa 知识问答：parts 逐句作答，text 一句，quote 是它的依据；1～4句，列举时一项一句；"
        "有误解就先纠正，只说资料说了的。\n"
        "例：资料 [2] 幼儿急疹多见于6～18个月婴儿，发热3～5天，热退后出疹。\n"
        "题 1 medkqa，家长，着急，先讲情境再问，重点2\n"
        '{"slot":1,"task":"medkqa","question":"宝宝烧了三天刚退，身上就起了疹子，会是幼儿急疹吗？",'
        '"parts":[{"text":"幼儿急疹一般发热3～5天，热退后才出疹。","quote":"发热3～5天，热退后出疹"}]}'
    ),
    "en": (
        "medkqa, knowledge Q&A: parts answer sentence by sentence; text is one sentence, quote what it rests on; "
        "1 to 4 sentences, one an item in a list; put a misbelief right first, with nothing the source does not say.\n"
        "Example: source [2] Roseola is most common from 6 to 18 months; fever lasts 3 to 5 days and the rash "
        "follows when it falls.\n"
        "Slot 1 medkqa, parent, worried, tells a situation first, line 2\n"
        '{"slot":1,"task":"medkqa","question":"My baby\'s fever just went after three days and now there is a rash. '
        'Could this be roseola?","parts":[{"text":"In roseola the fever lasts 3 to 5 days and the rash follows when '
        'it falls.","quote":"fever lasts 3 to 5 days and the rash follows when it falls"}]}'
    ),
}
