"""Label Studio's files: tasks, the labelling configuration that shows them, and what was annotated.

Tasks are in Label Studio's own JSON (`data`, `predictions`, `annotations`), as its import takes and its `JSON` export
writes; `JSON_MIN` and CSV leave out who annotated and when, and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pedcorpus.records import Verdict
from pedcorpus.review.exchange.edit_text import edit_text
from pedcorpus.review.exchange.sheet_text import (
    ExchangedItem,
    answer_text,
    evidence_text,
    findings_text,
    question_text,
    worst_severity,
)
from pedcorpus.review.exchange.told import Refusal, Told
from pedcorpus.review.exchange.wording import (
    CHOOSABLE,
    GUIDELINES,
    HEADINGS,
    Language,
    reason_choices,
    reason_code,
    verdict_code,
)

__all__ = ["labelling_config", "read_task", "task"]

_TOOL = "label-studio"
_MODEL = "pedcorpus"
_TEXTS = ("question", "answer", "evidence", "findings")
_ABOUT = "question"
"""The text that every control belongs to."""

Json = dict[str, Any]  # JSON values


def labelling_config(language: Language) -> str:
    """The labelling interface as XML: texts as plain text, verdict, reason, edited text, note."""
    view = ElementTree.Element("View")
    for name in _TEXTS:
        ElementTree.SubElement(view, "Header", {"value": HEADINGS[name][language], "size": "5"})
        ElementTree.SubElement(view, "Text", {"name": name, "value": f"${name}"})
    ElementTree.SubElement(view, "Header", {"value": GUIDELINES[language], "size": "6"})
    verdicts = {str(verdict): words[language] for verdict, words in CHOOSABLE.items()}
    _choices(_block(view, "verdict", language), "verdict", verdicts, {"required": "true"})
    _choices(_block(view, "reason", language, only_for=Verdict.REJECT), "reason", reason_choices(language), {})
    _text_area(_block(view, "edited", language, only_for=Verdict.EDIT), "edited", {"value": "$edited", "rows": "12"})
    _text_area(_block(view, "note", language), "note", {"rows": "2"})
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _block(
    view: ElementTree.Element, name: str, language: Language, *, only_for: Verdict | None = None
) -> ElementTree.Element:
    """A part of the page; shown for one verdict only, if one is named, by whichever of words and alias is compared."""
    condition = {}
    if only_for:
        value = ",".join(dict.fromkeys((CHOOSABLE[only_for][language], str(only_for))))
        condition = {"visibleWhen": "choice-selected", "whenTagName": "verdict", "whenChoiceValue": value}
    block = ElementTree.SubElement(view, "View", condition)
    ElementTree.SubElement(block, "Header", {"value": HEADINGS[name][language], "size": "5"})
    return block


def _choices(block: ElementTree.Element, name: str, words: dict[str, str], more: dict[str, str]) -> None:
    attributes = {"name": name, "toName": _ABOUT, "choice": "single", "showInline": "true", **more}
    choices = ElementTree.SubElement(block, "Choices", attributes)
    for code, shown in words.items():
        ElementTree.SubElement(choices, "Choice", {"value": shown, "alias": code})


def _text_area(block: ElementTree.Element, name: str, more: dict[str, str]) -> None:
    attributes = {"name": name, "toName": _ABOUT, "editable": "true", "maxSubmissions": "1", **more}
    ElementTree.SubElement(block, "TextArea", attributes)


def task(item: ExchangedItem) -> Json:
    """One task; what stands already is a prediction, and the fields to edit are filled in."""
    instruction = item.instruction
    return {
        "data": {
            "instruction": instruction.id,
            "question": question_text(instruction),
            "answer": answer_text(instruction),
            "evidence": evidence_text(item),
            "findings": findings_text(item),
            "edited": edit_text(instruction),
            "task": instruction.task,
            "topic": instruction.topic,
            "source": instruction.evidence[0].source,
            "status": str(item.status),
            "worst": str(worst_severity(item)),
        },
        "predictions": [{"model_version": _MODEL, "result": _said_before(item)}],
    }


def _said_before(item: ExchangedItem) -> list[Json]:
    decision = item.decision
    results = [_result("edited", "textarea", {"text": [edit_text(item.instruction)]})]
    if decision is None or decision.verdict not in CHOOSABLE:
        return results
    verdict = Verdict.ACCEPT if decision.edited == item.instruction.id else decision.verdict
    results.append(_result("verdict", "choices", {"choices": [str(verdict)]}))
    if verdict is Verdict.REJECT:
        results.append(_result("reason", "choices", {"choices": [decision.reason]}))
    if decision.note:
        results.append(_result("note", "textarea", {"text": [decision.note]}))
    return results


def _result(name: str, kind: str, value: Json) -> Json:
    return {"id": name, "from_name": name, "to_name": _ABOUT, "type": kind, "value": value}


def read_task(place: str, said: Any) -> Iterator[Told | Refusal]:  # any JSON value
    """What each annotation of one task says; nothing where there is none."""
    data = said.get("data") if isinstance(said, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("instruction"), str):
        found = "no task with data.instruction"
        yield Refusal(place, "damaged", found, "export as JSON (not JSON_MIN) from the project that was imported")
        return
    annotations = said.get("annotations") or []
    shown = {name: data[name] for name in ("question", "answer") if isinstance(data.get(name), str)}
    for number, annotation in enumerate(annotations if isinstance(annotations, list) else [annotations], 1):
        here = f"{place}, annotation {number}"
        answers = _answers(annotation)
        if answers is None:
            found = "the annotation is not as Label Studio writes it"
            yield Refusal(here, "damaged", found, "export the project as JSON again")
        elif not answers.get("verdict"):
            yield Refusal(here, "no_verdict", "has no verdict", "choose one and submit it in Label Studio")
        else:
            yield _told(here, data, annotation, answers, shown)


def _told(place: str, data: Json, annotation: Json, answers: dict[str, str], shown: Json) -> Told:
    verdict = verdict_code(answers["verdict"])
    fields: Json = {
        "reviewer": _account(annotation.get("completed_by")),
        "verdict": verdict,
        "reason": reason_code(answers.get("reason", "")) if verdict == Verdict.REJECT else "",
        "note": answers.get("note", ""),
        "seconds": annotation.get("lead_time"),
    }
    at = annotation.get("updated_at") or annotation.get("created_at")
    return Told(
        place=place,
        instruction=data["instruction"],
        fields={**fields, "at": at} if at else fields,
        tool=_TOOL,
        shown=shown,
        edit_text=answers.get("edited", ""),
    )


def _answers(annotation: Any) -> dict[str, str] | None:  # any JSON value
    """What was chosen or written, by control; a skipped task is put off. None where the shape is wrong."""
    if not isinstance(annotation, dict):
        return None
    results = annotation.get("result") or []
    if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
        return None
    answers = {"verdict": str(Verdict.DEFER)} if annotation.get("was_cancelled") else {}
    for each in results:
        value = each.get("value")
        said = (value.get("choices") or value.get("text") or []) if isinstance(value, dict) else None
        words = [said] if isinstance(said, str) else said
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            return None
        if words:
            answers[str(each.get("from_name"))] = "\n".join(words)
    return answers


def _account(completed_by: Any) -> str:  # a number, a user's record, or nothing
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return "" if completed_by is None else str(completed_by)
