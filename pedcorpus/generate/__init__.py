"""Drafts from what was read, by rule or by what a language model writes: unchecked instructions out."""

from pedcorpus.generate.drafting import draft_instructions, generator_id, generators
from pedcorpus.generate.edit_pairs import edit_pairs
from pedcorpus.generate.generator import Generator, Material
from pedcorpus.generate.humane import (
    HUMANE,
    WEAK,
    can_be_rephrased,
    humane_answer,
    humane_ask,
    model_pair,
    weak_ask,
)
from pedcorpus.generate.pairs import preference_pairs
from pedcorpus.generate.role_play_context import RolePlayContext
from pedcorpus.generate.writer import Assignment, JudgingWriter, SteppedWriter, Unusable, Writer, writers

__all__ = [
    "HUMANE",
    "WEAK",
    "Assignment",
    "Generator",
    "JudgingWriter",
    "Material",
    "RolePlayContext",
    "SteppedWriter",
    "Unusable",
    "Writer",
    "can_be_rephrased",
    "draft_instructions",
    "edit_pairs",
    "generator_id",
    "generators",
    "humane_answer",
    "humane_ask",
    "model_pair",
    "preference_pairs",
    "weak_ask",
    "writers",
]
