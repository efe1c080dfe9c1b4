from pathlib import Path

import pytest

from pedcorpus.corpus import Corpus, add_document, add_passages, add_source
from tests.by_hand import DOCUMENT, PASSAGE, READING, SOURCE


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """An empty corpus."""
    made = Corpus(tmp_path / "corpus.duckdb")
    made.prepare()
    return made


@pytest.fixture
def shelf(corpus: Corpus) -> Corpus:
    """A corpus that holds the hand-made page."""
    with corpus.unit() as unit:
        add_source(unit, SOURCE)
        add_document(unit, DOCUMENT, reading=READING, folder="/books")
        add_passages(unit, [PASSAGE], reading=READING)
    return corpus
