"""The facts that a sentence states, as values: quantities, routes, frequencies, names, denials, and their owners."""

from pedcorpus.facts.names import Name
from pedcorpus.facts.plain import plain
from pedcorpus.facts.quantities import Quantity
from pedcorpus.facts.reading import Assertion, Reading, read
from pedcorpus.facts.routes import Route, is_same_route
from pedcorpus.facts.spoken import spoken
from pedcorpus.facts.tables import alias_table
from pedcorpus.facts.verbatim import stands_in, stands_in_folded

__all__ = [
    "Assertion",
    "Name",
    "Quantity",
    "Reading",
    "Route",
    "alias_table",
    "is_same_route",
    "plain",
    "read",
    "spoken",
    "stands_in",
    "stands_in_folded",
]
