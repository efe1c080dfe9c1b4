from __future__ import annotations

import pytest

from pedcorpus.export import VIEWS, View
from pedcorpus.export.formats.features import hub_features
from pedcorpus.export.tables import SCHEMAS

datasets = pytest.importorskip("datasets", reason="pip install 'pedcorpus[train]'")


@pytest.mark.parametrize("view", VIEWS)
def test_the_hub_reads_the_columns_as_arrow_has_them(view: View) -> None:
    read = datasets.Features._from_yaml_list(hub_features(SCHEMAS[view]))
    assert read.arrow_schema.remove_metadata() == SCHEMAS[view]
