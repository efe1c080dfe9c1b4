"""Privacy: what tells who somebody is in Chinese and English clinical text is found offline and replaced."""

from pedcorpus.curate.privacy.deidentify import Replacement, deidentified, privacy_recipe
from pedcorpus.curate.privacy.find import find_identifiers, recognisers
from pedcorpus.curate.privacy.identifier import Identifier, Recogniser

__all__ = [
    "Identifier",
    "Recogniser",
    "Replacement",
    "deidentified",
    "find_identifiers",
    "privacy_recipe",
    "recognisers",
]
