"""Feedback: a thumb on a reply of the chat → what a doctor reviews, and what a model is to prefer.

Whoever gives a thumb waits for no corpus: `keep_feedback` de-identifies the exchange and writes it to a file, and
`take_feedback` takes all files that wait into the corpus, soon or after a restart.
"""

from pedcorpus.flow.feedback.exchange import RatedExchange
from pedcorpus.flow.feedback.keep import check_feedback, keep_feedback
from pedcorpus.flow.feedback.take import TakenFeedback, take_feedback
from pedcorpus.flow.feedback.waiting import count_waiting
from pedcorpus.flow.feedback.worker import FeedbackWorker

__all__ = [
    "FeedbackWorker",
    "RatedExchange",
    "TakenFeedback",
    "check_feedback",
    "count_waiting",
    "keep_feedback",
    "take_feedback",
]
