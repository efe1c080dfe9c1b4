"""Numbers for answers: text metrics, and whatever else is registered under `pedcorpus.scores`."""

from pedcorpus.evaluation.scores.score import Grams, Measure, Score, Value, all_scores

__all__ = ["Grams", "Measure", "Score", "Value", "all_scores"]
