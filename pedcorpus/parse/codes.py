"""Identifiers of terminologies, `DOID:2841`, however a file writes them."""

from __future__ import annotations

import re

__all__ = ["code_of", "local_name", "type_of_code"]

_CODE = re.compile(
    r"(?:(?:https?|urn)://?\S*[/#](?P<prefix>[A-Za-z][A-Za-z0-9.]*)_|(?P<bare>[A-Z][A-Za-z0-9.]*):)(?P<number>\d[\w-]*)"
)
_TYPES = {
    "DOID": "disease",
    "MONDO": "disease",
    "Orphanet": "disease",
    "OMIM": "disease",
    "HP": "symptom",
    "SYMP": "symptom",
}
"""What the terms of a terminology are, where they are all of a type."""


def code_of(identifier: str) -> str:
    """`DOID:2841` for `http://purl.obolibrary.org/obo/DOID_2841` and for itself; empty for what is no such code."""
    found = _CODE.fullmatch(identifier)
    return f"{found['prefix'] or found['bare']}:{found['number']}" if found else ""


def type_of_code(code: str) -> str:
    """Type of entity of a terminology's terms; empty where it has terms of several types."""
    return _TYPES.get(code.partition(":")[0], "")


def local_name(identifier: str) -> str:
    """What stands behind the last `#` or `/` of an address; the identifier itself where it is none."""
    return re.split(r"[#/]", identifier.rstrip("#/"))[-1] if "://" in identifier else identifier
