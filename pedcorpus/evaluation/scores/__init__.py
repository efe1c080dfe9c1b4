"""Numbers for answers: text metrics, and whatever else is registered under `pedcorpus.scores`."""

from pedcorpus.evaluation.scores.score import Grams, Measure, Score, SettableScore, Value, all_scores

__all__ = ["Grams", "Measure", "Score", "SettableScore", "Value", "all_scores"]
