from __future__ import annotations

import pytest

from pedcorpus.export import Export, write_export
from tests.export.sample import sample_release


@pytest.fixture(scope="session")
def sample_export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """The sample, written once; tests that change it work on a copy."""
    return write_export(sample_release("v1"), tmp_path_factory.mktemp("exports") / "v1")
