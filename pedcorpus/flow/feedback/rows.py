"""What a rated exchange becomes in the corpus: a file to be read, a pair, a finding with its note, a failure."""

from __future__ import annotations

import json
from pathlib import Path

from pedcorpus.flow.feedback.exchange import WORK, KeptExchange
from pedcorpus.normalise import fold
from pedcorpus.records import Failure, Finding, Instruction, Preference, Severity, canonical_json, content_id

__all__ = ["failure_of", "finding_of", "pair_of", "row_of", "unreadable"]

_CHAT = "llm.chat@1"
_CHECK = "chat_feedback@1"


def row_of(kept: KeptExchange) -> str:
    """The exchange as a row of a data set; the same for whoever rated it, and with whatever note."""
    messages = [{"role": turn.role, "content": turn.content} for turn in kept.said.turns]
    return canonical_json({"messages": messages, **({"system": kept.said.system} if kept.said.system else {})})


def pair_of(draft: Instruction, kept: KeptExchange) -> Preference | None:
    """The correction over the reply, for the draft that answers with it; none where nothing was corrected."""
    better, worse = kept.said.turns[-1].content, kept.said.rejected
    if not worse or fold(better) == fold(worse):
        return None
    return Preference(
        task=draft.task,
        topic=draft.topic,
        prompt=draft.messages[:-1],
        chosen=draft.answer_text(),
        rejected=worse,
        chosen_from=draft.id,
        rejected_from=f"{_CHAT}:{kept.model}",
    )


def finding_of(draft: Instruction, kept: KeptExchange) -> Finding | None:
    """The note, for whoever reviews the draft; none where there is none."""
    if not kept.note:
        return None
    did = "corrected" if kept.said.rejected else "approved of"
    detail = f"whoever {did} the reply of {kept.model} noted: {kept.note}"
    return Finding(
        instruction=draft.id,
        check=_CHECK,
        severity=Severity.WARNING,
        reason="rater_note",
        detail=detail,
        path="answer",
    )


def failure_of(kept: KeptExchange) -> Failure:
    """An exchange without a draft: nobody said what is right, or no draft could be made of it."""
    noted = f": {kept.note}" if kept.note else ""
    if kept.teaches:
        reason, detail = "not_drafted", f"no draft could be made of a rated reply of {kept.model}{noted}"
    else:
        reason, detail = "thumb_down", f"a reply of {kept.model} was found wrong{noted}; nobody said what is right"
    raw = json.dumps([turn.content for turn in kept.said.turns], ensure_ascii=False)
    return Failure(
        stage="review",
        where="chat",
        source=WORK,
        reason=reason,
        detail=detail,
        raw=raw,
        fingerprint=content_id("feedback", raw),
    )


def unreadable(file: Path) -> Failure:
    """A file that waited and holds no rated exchange."""
    detail = "found no rated exchange of this version of pedcorpus; correct it and name it .json again, or delete it"
    return Failure(stage="review", where=str(file), source=WORK, reason="unreadable_feedback", detail=detail)
