"""What says the same in other words, and how varied the rows are: from vectors, and from words where there are none.

Vectors are made and kept elsewhere. Clusters are reported as warnings; nothing is dropped for them.
"""

from pedcorpus.curate.semantic.alike import Alike, AlikeRow, alike_row, find_alike
from pedcorpus.curate.semantic.diversity import EDGES, SpreadOfVectors, spread_of
from pedcorpus.curate.semantic.lexical import Wording, wording_of
from pedcorpus.curate.semantic.verdicts import WITHDRAWN, changed_verdicts, semantic_check, semantic_verdicts

__all__ = [
    "EDGES",
    "WITHDRAWN",
    "Alike",
    "AlikeRow",
    "SpreadOfVectors",
    "Wording",
    "alike_row",
    "changed_verdicts",
    "find_alike",
    "semantic_check",
    "semantic_verdicts",
    "spread_of",
    "wording_of",
]
