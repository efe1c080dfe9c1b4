"""Is a fact of the source said there of the same drug, disease, severity or stage as in the answer?"""

from __future__ import annotations

from pedcorpus.curate.support.cited import Quote, Said, is_shared

__all__ = ["another_owner"]


def another_owner(said: Said, position: int, sourced: int, quote: Quote) -> str:
    """What the source says the fact at `sourced` of, where that is not what the answer says; empty if it may be."""
    drugs = quote.owners(sourced, "drug")
    if not is_shared(said.owners(position, "drug"), drugs):
        return " / ".join(sorted(drugs))
    diseases = quote.owners(sourced, "disease")
    named = said.reading.owners(position, "disease")
    if named and not is_shared(named, diseases):
        return " / ".join(sorted(diseases))
    if not named and not is_shared(said.owners(position, "disease"), diseases | quote.headed("disease")):
        return " / ".join(sorted(diseases))
    there = quote.reading.contrasts_of(sourced)
    for family, value in said.reading.contrasts_of(position).items():
        if there.get(family, value) != value:
            return there[family]
    return ""
