from __future__ import annotations

from pedcorpus.export import Export


def test_counts_of_the_manifest_add_up(sample_export: Export) -> None:
    counts = sample_export.manifest.counts
    assert sum(counts["splits"].values()) == sum(counts["acceptance"].values()) == 34
    assert counts["tasks"]["medkqa"] == 14 == sum(count for name, count in counts["tasks"].items() if "medkqa/" in name)
    assert counts["topics"] == {"all": 10}
    assert counts["sources"] == {"book": 30, "graph": 14}
