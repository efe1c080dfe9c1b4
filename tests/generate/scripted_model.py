"""A model that answers by script: a request's payload in, the text of its reply out, the same one every time.

`good_reply` answers every slot from the line it is asked about. The others answer as bad models do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pedcorpus.generate.doses import find_doses

_BLOCK = re.compile(r"<<<(?P<mark>[0-9a-f]+)\n(?P<body>.*)\n(?P=mark)>>>\n(?P<slots>.*)", re.S)
_SLOT = re.compile(r"(?P<number>\d+) (?P<task>\w+)[，,](?P<rest>.*)")
_FOCUS = re.compile(r"(?:重点|line )(\d+)")
_HEAD = re.compile(r"(?:怀疑)?(.+?)(?:常见的|需要鉴别|可能出现|常用的|一般就诊|的预防|时常做|又称| commonly | has to )")


@dataclass(frozen=True)
class Shown:
    """What a prompt shows."""

    mark: str
    headings: tuple[str, ...]
    lines: tuple[str, ...]
    slots: tuple[tuple[int, str, str, int], ...]
    """Number, task, words and line of each slot."""


def shown(payload: Mapping[str, Any]) -> Shown:
    match = _BLOCK.fullmatch(payload["messages"][-1]["content"])
    rows = match["body"].split("\n")
    headings = () if rows[0].startswith("[") else tuple(rows[0].split(" › "))
    lines = tuple(re.sub(r"^\[\d+\] ", "", row) for row in rows[1 if headings else 0 :])
    slots = []
    for row in match["slots"].split("\n")[1:]:
        if not (slot := _SLOT.fullmatch(row)):
            break  # the schema follows, where a server does not take it by itself
        slots.append((int(slot["number"]), slot["task"], slot["rest"], int(_FOCUS.search(slot["rest"])[1])))
    return Shown(match["mark"], headings, lines, tuple(slots))


def good_reply(payload: Mapping[str, Any]) -> str:
    """Every slot answered in the source's own words."""
    prompt = shown(payload)
    drafts = [_draft(prompt, *slot) for slot in prompt.slots]
    return json.dumps({"drafts": [draft for draft in drafts if draft]}, ensure_ascii=False)


def changed_reply(change: Callable[[dict[str, Any]], None]) -> Callable[[Mapping[str, Any]], str]:
    """A model that answers well but for what `change` does to each draft."""

    def reply(payload: Mapping[str, Any]) -> str:
        data = json.loads(good_reply(payload))
        for draft in data["drafts"]:
            change(draft)
        return json.dumps(data, ensure_ascii=False)

    return reply


def _draft(prompt: Shown, number: int, task: str, words: str, focus: int) -> dict[str, Any] | None:
    line = prompt.lines[focus - 1]
    topic = _topic(prompt, line)
    told = re.sub(r"[，,] ?(?:重点|line )\d+", "", words)
    base = {
        "slot": number,
        "task": task,
        "question": f"{told.split('，')[0].split(',')[0]}：{topic}？（{number}，{line[:6]}，{told}）",
    }
    if task == "medkqa":
        return base | {"parts": [{"text": line, "quote": line}]}
    if task == "evidiag":
        clauses = [part for part in re.split(r"[，。：；,.:;]", line) if len(part.strip()) > 1 and topic not in part]
        if not clauses:
            return None
        told = clauses[-1].strip()
        case = {"findings": [told], "investigations": [], "diagnosis": topic, "subtype": "", "rivals": []}
        return (
            base | {"question": f"第{number}例，诊断？依据？"} | case | {"supports": [{"finding": told, "quote": line}]}
        )
    drugs = [{"name": dose.name, "quote": line} for dose in find_doses(line)]
    plan = {"findings": [], "plan": [{"text": line, "quote": line}], "drugs": drugs, "cautions": [], "follow_up": []}
    return base | plan


def _topic(prompt: Shown, line: str) -> str:
    if prompt.headings:
        return re.sub(r"[（(].*", "", prompt.headings[-1])
    head = _HEAD.match(line)
    return head[1] if head else line[:4]
