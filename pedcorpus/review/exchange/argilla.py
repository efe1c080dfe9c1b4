"""Argilla's files: a dataset's settings, its records, and what its annotators answered.

The shapes are those of argilla 2.x: `rg.Dataset.from_disk` reads the folder that `dataset_model`, `settings` and
`record` fill, and `to_disk` or `records.to_json` write what `read_record` reads. The library itself is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

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
from pedcorpus.review.exchange.wording import CHOOSABLE, GUIDELINES, HEADINGS, Language, reason_choices

__all__ = ["dataset_model", "read_record", "record", "settings"]

_TOOL = "argilla"
_AGENT = "pedcorpus"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9 _-]+")
_NO_IDS = {"id": None, "inserted_at": None, "updated_at": None}
_FIELDS = ("question", "answer", "evidence", "findings")
_METADATA = ("task", "topic", "source", "status", "worst")

Json = dict[str, Any]  # JSON values


def dataset_model(name: str) -> Json:
    """What `.argilla/dataset.json` holds of a dataset called `name`, in the letters that Argilla takes for one."""
    plain = _NOT_IN_NAMES.sub("-", name).strip("-_ ") or _AGENT
    return {**_NO_IDS, "name": plain, "status": "draft", "guidelines": None, "allow_extra_metadata": True,
            "distribution": None, "workspace_id": None, "last_activity_at": None}  # fmt: skip


def settings(language: Language) -> Json:
    """What `.argilla/settings.json` holds: four texts to read, four questions to answer."""
    verdicts = {str(verdict): words[language] for verdict, words in CHOOSABLE.items()}
    return {
        "guidelines": GUIDELINES[language],
        "questions": [
            _question("verdict", language, _labels(verdicts), is_required=True),
            _question("reason", language, _labels(reason_choices(language))),
            _question("edited", language, _TEXT),
            _question("note", language, _TEXT),
        ],
        "fields": [_named(name, language, _TEXT, is_required=name in ("question", "answer")) for name in _FIELDS],
        "vectors": [],
        "metadata": [_metadata(name) for name in _METADATA],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "mapping": None,
    }


_TEXT: Json = {"type": "text", "use_markdown": False}


def _labels(choices: Mapping[str, str]) -> Json:
    options = [{"text": words, "value": code} for code, words in choices.items()]
    return {"type": "label_selection", "options": options, "visible_options": len(options)}


def _named(name: str, language: Language, kind: Json, *, is_required: bool = False) -> Json:
    return {**_NO_IDS, "name": name, "settings": kind, "title": HEADINGS[name][language], "required": is_required,
            "description": None, "dataset_id": None, "type": kind["type"]}  # fmt: skip


_question = _named


def _metadata(name: str) -> Json:
    kind = {"type": "terms", "visible_for_annotators": True, "values": None}
    return {**_NO_IDS, "name": name, "settings": kind, "title": name, "visible_for_annotators": True,
            "dataset_id": None}  # fmt: skip


def record(item: ExchangedItem) -> Json:
    """One element of `records.json`; what stands already is suggested, and the fields to edit are filled in."""
    instruction = item.instruction
    texts = {
        "question": question_text(instruction),
        "answer": answer_text(instruction),
        "evidence": evidence_text(item),
        "findings": findings_text(item),
    }
    return {
        "id": instruction.id,
        "fields": {name: text for name, text in texts.items() if text},
        "metadata": {
            "task": instruction.task,
            "topic": instruction.topic,
            "source": instruction.evidence[0].source,
            "status": str(item.status),
            "worst": str(worst_severity(item)),
        },
        "suggestions": {
            "edited": {"value": edit_text(instruction), "score": None, "agent": _AGENT},
            **_said_before(item),
        },
        "responses": {},
        "vectors": {},
        "status": "pending",
        "_server_id": None,
    }


def _said_before(item: ExchangedItem) -> Json:
    decision = item.decision
    if decision is None or decision.verdict not in CHOOSABLE:
        return {}
    is_made_so = decision.edited == item.instruction.id
    verdict = Verdict.ACCEPT if is_made_so else decision.verdict
    said = {"verdict": str(verdict), "reason": decision.reason, "note": decision.note}
    return {name: {"value": value, "score": None, "agent": decision.reviewer} for name, value in said.items() if value}


def read_record(place: str, said: Any) -> Iterator[Told | Refusal]:  # any JSON value
    """What each annotator answered to one record; nothing where nobody did."""
    responses = said.get("responses") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(responses, dict) or not isinstance(said.get("id"), str):
        found = "no record of Argilla with id and responses"
        yield Refusal(place, "damaged", found, "export with dataset.to_disk or dataset.records.to_json, not flattened")
        return
    fields = said.get("fields")
    shown = (
        {name: fields[name] for name in ("question", "answer") if name in fields} if isinstance(fields, dict) else {}
    )
    by_account = _by_account(responses)
    if by_account is None or not all(isinstance(text, str) for text in shown.values()):
        yield Refusal(
            place, "damaged", "responses or fields are not as Argilla writes them", "export the dataset again"
        )
        return
    for account, answers in by_account.items():
        yield from _response(place, said, account, answers, shown)


def _by_account(responses: Json) -> dict[str, Json] | None:
    """Answers by question for each account; none where the shape is wrong."""
    found: dict[str, Json] = {}
    for question, answers in responses.items():
        for answer in answers if isinstance(answers, list) else [answers]:
            if not isinstance(answer, dict) or not isinstance(answer.get("user_id"), str):
                return None
            value, status = answer.get("value"), answer.get("status")
            if not isinstance(value, str | None) or not isinstance(status, str | None):
                return None
            theirs = found.setdefault(answer["user_id"], {})
            theirs[question] = value
            theirs["status"] = status or theirs.get("status")
    return found


def _response(place: str, said: Json, account: str, answers: Json, shown: Json) -> Iterator[Told | Refusal]:
    """A discarded one puts the record off; drafts, and responses of a record that nobody finished, are not told of."""
    here = f"{place}, response by {account}"
    finished = said.get("status") == "completed"
    status = answers["status"] or ("submitted" if finished else "draft")
    if status == "draft":
        return
    verdict = answers.get("verdict") or (str(Verdict.DEFER) if status == "discarded" else None)
    if not verdict:
        yield Refusal(here, "no_verdict", "has no verdict", "choose one and submit it in Argilla")
        return
    yield Told(
        place=here,
        instruction=said["id"],
        fields={
            "reviewer": account,
            "verdict": verdict,
            "reason": (answers.get("reason") or "") if verdict == Verdict.REJECT else "",
            "note": answers.get("note") or "",
        },
        tool=_TOOL,
        shown=shown,
        edit_text=answers.get("edited") or "",
    )
