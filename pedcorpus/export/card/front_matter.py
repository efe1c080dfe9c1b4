"""The card's first lines: the YAML by which the Hub files a data set and `datasets` loads its views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from pedcorpus.export.contents import Contents
from pedcorpus.export.read import export_path

__all__ = ["front_matter"]

_HUB_LICENSES = frozenset(
    {
        "apache-2.0", "cc", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0",
        "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "mit", "odc-by", "odbl", "pddl",
        "unknown",
    }
)  # fmt: skip

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def front_matter(contents: Contents) -> str:
    """YAML as the Hub checks it: its own names of licences, sizes and tasks, and a config for each view."""
    licenses = [name.lower() for name in contents.licenses]
    single = licenses[0] if len(licenses) == 1 and licenses[0] in _HUB_LICENSES else "other"
    head: dict[str, Any] = {
        "pretty_name": contents.title,
        "license": single,
        **({"license_name": "see-sources", "license_link": "LICENSE.md"} if single == "other" else {}),
        "language": contents.languages,
        "task_categories": ["question-answering", "text-generation"],
        "size_categories": [next((name for bound, name in _SIZES if contents.rows < bound), "1M<n<10M")],
        "tags": ["medical", "paediatrics", "pediatrics", "instruction-tuning", *contents.counts["acceptance"]],
        "configs": list(_configs(contents)),
    }
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)


def _configs(contents: Contents) -> Iterable[dict[str, Any]]:
    for view, splits in contents.written().items():
        files = [{"split": split, "path": export_path(view, split)} for split in splits]
        yield {"config_name": view, "data_files": files, **({"default": True} if view == "sft" else {})}
