"""Reviewers' screens, and the only home of Textual. A screen talks to a desk; it opens no corpus itself."""

from pedcorpus.screens.review_app import ReviewApp, run_review
from pedcorpus.screens.vote_app import VoteApp, run_vote

__all__ = ["ReviewApp", "VoteApp", "run_review", "run_vote"]
