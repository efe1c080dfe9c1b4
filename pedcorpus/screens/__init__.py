"""Reviewers' screens, and the only home of Textual. A screen talks to a desk; it opens no corpus itself."""

from pedcorpus.screens.review_app import ReviewApp, run_review

__all__ = ["ReviewApp", "run_review"]
