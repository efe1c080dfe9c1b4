"""Sources shown: the passages of an export that are nearest to a reply, found without a network or a database."""

from pedcorpus.inference.sources.nearest import Found, SourceFinder, open_sources, told
from pedcorpus.inference.sources.passages import Passage

__all__ = ["Found", "Passage", "SourceFinder", "open_sources", "told"]
