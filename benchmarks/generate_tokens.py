"""What a prompt costs: tokens sent for each instruction that is accepted, beside the fragment's own tokens.

Run `python -m benchmarks.generate_tokens`. The sample shelf is cut into fragments, each is sent once for up to ten
instructions of all tasks, and a scripted model answers. Tokens are estimated by `llm.estimate_tokens`; the JSON Schema,
which some providers count and others do not, is counted too.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.figures import Figure, report
from benchmarks.generate_shelf import sample_shelf
from pedcorpus.generate.role_play import WRITER
from pedcorpus.generate.writer import Assignment
from pedcorpus.llm import estimate_tokens
from pedcorpus.records import Instruction
from pedcorpus.settings import GenerateSettings
from tests.generate.scripted_model import good_reply

TASKS = ("evidiag", "medkqa", "trerecom")
MOST = 1.5
_TEN = 10


@dataclass(frozen=True)
class Cost:
    """One request."""

    fragment: int
    """The fragment's own tokens."""
    messages: int
    own_message: int
    """Those of the user's message, with fragment and slots; the system message is the same for all fragments."""
    schema: int
    planned: int
    accepted: int


def cost_of(assignment: Assignment) -> Cost:
    """Tokens of the request, and how many of its drafts become records."""
    messages = [message.model_dump() for message in assignment.ask.messages]
    reply = assignment.ask.reply
    assert reply is not None
    data = reply.model_validate_json(good_reply({"messages": messages}))
    return Cost(
        fragment=assignment.context.fragment.tokens,
        messages=sum(estimate_tokens(message["content"]) for message in messages),
        own_message=estimate_tokens(messages[-1]["content"]),
        schema=estimate_tokens(json.dumps(reply.model_json_schema())),
        planned=sum(assignment.planned.values()),
        accepted=sum(isinstance(draft, Instruction) for draft in WRITER.drafts(assignment, data)),
    )


def costs(*tasks: str, count: int = _TEN) -> list[Cost]:
    """Every request for drafts of `tasks`, `count` a fragment at most, that the sample shelf gives."""
    settings = GenerateSettings(instructions_per_fragment=count)
    return [cost_of(one) for material in sample_shelf() for one in WRITER.assignments(material, settings, tasks=tasks)]


def figures() -> Iterator[Figure]:
    """Fragments with ten instructions, then all of them, then one request against one a task."""
    together = costs(*TASKS)
    full = [cost for cost in together if cost.planned == _TEN]
    for name, rows in ((f"the {len(full)} fragments with ten", full), (f"all {len(together)} fragments", together)):
        own = sum(cost.fragment for cost in rows) / len(rows)
        accepted = sum(cost.accepted for cost in rows)
        spent = sum(cost.messages for cost in rows) / accepted
        with_schema = sum(cost.messages + cost.schema for cost in rows) / accepted
        yield Figure(f"prompt per accepted instruction, {name}", spent, own, MOST, at_least=False, unit="tokens")
        yield Figure(f"the same with the schema, {name}", with_schema, own, MOST, at_least=False, unit="tokens")
    whole, own_message, own = (
        sum(getattr(cost, name) for cost in full) / len(full) for name in ("messages", "own_message", "fragment")
    )
    for name, value in (("a whole request", whole), ("a request without its system message", own_message)):
        yield Figure(f"{name} for ten (reported)", value, own, math.inf, at_least=False, unit="tokens")
    apart = [cost for task in TASKS for cost in costs(task, count=-(-_TEN // len(TASKS)))]
    once, thrice = (sum(c.messages for c in rows) / sum(c.accepted for c in rows) for rows in (together, apart))
    yield Figure("prompt, a fragment sent once against once a task", once, thrice, 1.0, at_least=False, unit="tokens")


if __name__ == "__main__":
    sys.exit(report(figures()))
