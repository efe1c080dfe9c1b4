"""Pairs that models make: a reviewed answer put into humane words, over what a weak model answers to the same prompt.

What is asked and how a pair is put together; whether the facts stayed is for `curate`, asking and storing for `flow`.
"""

from __future__ import annotations

from pedcorpus.generate.hidden_orders import speaks_to_a_model
from pedcorpus.generate.roles import roles
from pedcorpus.llm import Ask, boundary_around, estimate_tokens, shown_between
from pedcorpus.records import Instruction, Message, Preference
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.prompts.humane import FRAMES, INSTRUCTIONS, VERSION, HumaneAnswer

__all__ = ["HUMANE", "WEAK", "can_be_rephrased", "humane_answer", "humane_ask", "model_pair", "weak_ask"]

HUMANE = f"llm.humane@{VERSION}"
WEAK = "llm.weak@1"
_ANOTHER_TASK = "consultation"
_LONGER = 2
"""A humane answer has at most so many times the tokens of the original, and room for a sentence."""


def can_be_rephrased(instruction: Instruction) -> bool:
    """Is it an answer of a paediatrician's, in which nobody gives orders to a language model?"""
    is_paediatric = instruction.trains_experts or instruction.task == _ANOTHER_TASK
    return is_paediatric and not any(speaks_to_a_model(turn.content) for turn in instruction.messages)


def humane_ask(instruction: Instruction, settings: GenerateSettings) -> Ask:
    """The request that puts the answer into other words."""
    language = instruction.language if settings.prompt_language == "source" else settings.prompt_language
    words = FRAMES[language]
    askers = {role.asker: role.name for role in roles(language)}
    rows = [f"{words['asker']} {askers[instruction.asker]}"] if instruction.asker in askers else []
    rows += [f"{words[turn.role]} {turn.content}" for turn in instruction.messages]
    return Ask(
        messages=(
            Message(role="system", content=INSTRUCTIONS[language]),
            Message(role="user", content=shown_between(_mark(instruction), rows)),
        ),
        reply=HumaneAnswer,
        max_tokens=settings.reply_tokens_per_instruction + _LONGER * estimate_tokens(instruction.answer_text()),
        tag=instruction.task,
    )


def _mark(instruction: Instruction) -> str:
    return boundary_around(instruction.id, "\n".join(turn.content for turn in instruction.messages))


def humane_answer(instruction: Instruction, data: HumaneAnswer) -> str:
    """The answer, or nothing where the reply repeats the mark around the material."""
    return "" if _mark(instruction) in data.answer else data.answer.strip()


def weak_ask(instruction: Instruction, *, max_tokens: int) -> Ask:
    """The instruction's own prompt, as a user would send it."""
    return Ask(messages=instruction.messages[:-1], max_tokens=max_tokens, tag=instruction.task)


def model_pair(instruction: Instruction, *, chosen: str, rejected: str, strong: str, weak: str) -> Preference:
    """The pair; `strong` and `weak` are the models' names."""
    return Preference(
        task=instruction.task,
        topic=instruction.topic,
        prompt=instruction.messages[:-1],
        chosen=chosen,
        rejected=rejected,
        chosen_from=instruction.id,
        rejected_from=f"{WEAK}:{weak}",
        chosen_by=f"{HUMANE}:{strong}",
    )
