"""Drafts from what was read: textbook sections, recommendations and graphs in, unchecked instructions out."""

from pedcorpus.generate.drafting import draft_instructions, generator_id, generators
from pedcorpus.generate.generator import Generator, Material
from pedcorpus.generate.pairs import preference_pairs

__all__ = ["Generator", "Material", "draft_instructions", "generator_id", "generators", "preference_pairs"]
