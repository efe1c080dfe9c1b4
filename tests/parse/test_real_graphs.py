"""An ontology that nobody here wrote is the same graph in each of its formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.parse import Original, Parsed, parse_original
from tests.parse.graphs import assert_verbatim, told

pytestmark = pytest.mark.real
Make = Callable[..., Original]
FORMATS = (
    "DO_childhood_cancer_slim.json",
    "DO_childhood_cancer_slim.obo",
    "DO_childhood_cancer_slim.owl",
    "derived/DO_childhood_cancer_slim.ttl",
    "derived/DO_childhood_cancer_slim.graphml",
)
WHOLE = FORMATS[:4]
"""GraphML was derived without synonyms and cross-references."""


def read(make: Make, real_data: Path, name: str) -> tuple[Original, Parsed]:
    path = real_data / "kg_doid" / name
    made = make(path.name, path.read_bytes(), "graph")
    return made, parse_original(made)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_the_same_terms_and_parents(original: Make, real_data: Path, name: str) -> None:
    made, parsed = read(original, real_data, name)
    terms = {(one.head, one.tail) for one in parsed.triples if one.relation == "has_identifier"}
    parents = {
        (one.attributes["head_id"], one.attributes["tail_id"]) for one in parsed.triples if one.relation == "is_a"
    }
    assert (len(terms), len(parents), len(parsed.passages), parsed.failures) == (103, 22, 59, ())
    _, reference = read(original, real_data, FORMATS[1])
    assert terms == {(one.head, one.tail) for one in reference.triples if one.relation == "has_identifier"}
    assert parents <= {(one.attributes.get("head_id"), one.attributes.get("tail_id")) for one in reference.triples}
    assert_verbatim(made, parsed)


@pytest.mark.parametrize("name", WHOLE)
def test_whole_formats_agree_in_every_statement(original: Make, real_data: Path, name: str) -> None:
    _, parsed = read(original, real_data, name)
    assert told(parsed) == told(read(original, real_data, FORMATS[1])[1])
    assert sum(one.relation == "has_alias" for one in parsed.triples) == 142
