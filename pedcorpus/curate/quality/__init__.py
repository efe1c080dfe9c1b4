"""Signs of a damaged or unfinished text, each in its own file."""

from pedcorpus.curate.quality.garbling import garbled_span
from pedcorpus.curate.quality.leaks import leaked_span
from pedcorpus.curate.quality.repeats import repeated_share
from pedcorpus.curate.quality.unfinished import unfinished_span

__all__ = ["garbled_span", "leaked_span", "repeated_share", "unfinished_span"]
