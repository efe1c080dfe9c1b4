"""Drafts from what was read, by rule or by what a language model writes: unchecked instructions out."""

from pedcorpus.generate.drafting import draft_instructions, generator_id, generators
from pedcorpus.generate.generator import Generator, Material
from pedcorpus.generate.pairs import preference_pairs
from pedcorpus.generate.role_play_context import RolePlayContext
from pedcorpus.generate.writer import Assignment, JudgingWriter, SteppedWriter, Unusable, Writer, writers

__all__ = [
    "Assignment",
    "Generator",
    "JudgingWriter",
    "Material",
    "RolePlayContext",
    "SteppedWriter",
    "Unusable",
    "Writer",
    "draft_instructions",
    "generator_id",
    "generators",
    "preference_pairs",
    "writers",
]
