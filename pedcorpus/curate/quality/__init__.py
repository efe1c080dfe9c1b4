"""Signs of a damaged or unfinished text, each in its own file."""

from pedcorpus.curate.quality.garbling import garbled_span
from pedcorpus.curate.quality.leaks import Leak, leaked_span
from pedcorpus.curate.quality.repeats import repeated_share, stuck_span
from pedcorpus.curate.quality.texts import SaidText, said_texts
from pedcorpus.curate.quality.tongue import foreign_span
from pedcorpus.curate.quality.unfinished import unfinished_span

__all__ = [
    "Leak",
    "SaidText",
    "foreign_span",
    "garbled_span",
    "leaked_span",
    "repeated_share",
    "said_texts",
    "stuck_span",
    "unfinished_span",
]
