"""Review: a reviewer's desk over the corpus; each call is one short unit of work, each decision durable."""

from pedcorpus.flow.desk.corpus_desk import CorpusDesk
from pedcorpus.flow.desk.items import review_item
from pedcorpus.flow.desk.opening import accept_all, open_desk
from pedcorpus.flow.desk.part import DeskPart

__all__ = ["CorpusDesk", "DeskPart", "accept_all", "open_desk", "review_item"]
