"""Everything that a finished version can be held against without its corpus: files, counts, splits, reports, rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pedcorpus.export.origins import origin_problems
from pedcorpus.export.read import open_export
from pedcorpus.export.record_check import row_problems
from pedcorpus.export.recount import key_problems, report_problems
from pedcorpus.export.verify import verify_export

__all__ = ["audit_export"]


def audit_export(root: Path) -> Iterator[str]:
    """What does not hold, one line each: first what the files say, and where they are whole, what is in them.

    A version whose manifest was written anew to fit changed files passes the first and not the second.
    """
    problems = verify_export(root)
    yield from problems
    if not problems:
        export = open_export(root, verify=False)
        yield from chain(key_problems(export), report_problems(export), row_problems(export), origin_problems(export))
