"""A corpus that exists whole or not at all: made in a folder of its own, then put in its place in one step."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pedcorpus.corpus.file import Corpus
from pedcorpus.durable import sync
from pedcorpus.errors import CorpusError

__all__ = ["make_corpus"]

T = TypeVar("T")


def make_corpus(path: Path, scratch: Path, fill: Callable[[Corpus], T]) -> T:
    """The corpus at `path`, made by `fill` in the folder `scratch` of the same disk; what `fill` has to say.

    Raises:
        CorpusError: there is a corpus at `path` by now, or it cannot be put there.
    """
    made = scratch / path.name
    corpus = Corpus(made)
    corpus.prepare()
    told = fill(corpus)
    with corpus.unit():  # whatever waits beside the file is carried over as it is let go
        pass
    if made.with_name(f"{made.name}.wal").exists():
        raise CorpusError(f"{path}: could not be finished; is the disk full? Nothing was left there")
    sync(made)
    try:
        os.link(made, path)  # unlike a renaming, it never takes the place of a corpus that came meanwhile
    except FileExistsError as error:
        raise CorpusError(f"{path}: another process made a corpus there meanwhile; choose another workspace") from error
    except OSError:  # a disk without hard links
        made.rename(path)
    sync(path.parent)
    return told
