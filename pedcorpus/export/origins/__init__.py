"""What the rows of a version are from: the texts that they cite, the files and works they stand in, and whole pairs."""

from pedcorpus.export.origins.check import origin_problems
from pedcorpus.export.origins.pairs import PAIRS, pair_row
from pedcorpus.export.origins.read import (
    DOCUMENTS_FILE,
    PAIRS_FILE,
    SOURCES_FILE,
    documents_of,
    has_origins,
    origin_tables,
    origins_path,
    pairs_of,
    sources_of,
)
from pedcorpus.export.origins.replies import replies_of, written_replies
from pedcorpus.export.origins.write import write_declarations, write_origins

__all__ = [
    "DOCUMENTS_FILE",
    "PAIRS",
    "PAIRS_FILE",
    "SOURCES_FILE",
    "documents_of",
    "has_origins",
    "origin_problems",
    "origin_tables",
    "origins_path",
    "pair_row",
    "pairs_of",
    "replies_of",
    "sources_of",
    "write_declarations",
    "write_origins",
    "written_replies",
]
