import shutil
from pathlib import Path

import pytest

from pedcorpus.corpus import Corpus, add_document, add_passages, add_source
from tests.by_hand import DOCUMENT, PASSAGE, READING, SOURCE


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty corpus, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("empty") / "corpus.duckdb"
    Corpus(path).prepare()
    return path


@pytest.fixture
def corpus(empty_file: Path, tmp_path: Path) -> Corpus:
    """An empty corpus."""
    made = Corpus(Path(shutil.copy(empty_file, tmp_path / "corpus.duckdb")))
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
