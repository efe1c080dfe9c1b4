"""Near duplicates: texts that share most of their character n-grams, found among a million in a minute."""

from pedcorpus.curate.near.buckets import Bands
from pedcorpus.curate.near.conversations import Conversations, all_conversations, read_conversations
from pedcorpus.curate.near.folding import bare, without_asking
from pedcorpus.curate.near.grams import GramSets, gram_sets, joined
from pedcorpus.curate.near.pairs import NearPairs, Texts, near_pairs
from pedcorpus.curate.near.particulars import particulars_reader
from pedcorpus.curate.near.stars import Stars, stars

__all__ = [
    "Bands",
    "Conversations",
    "GramSets",
    "NearPairs",
    "Stars",
    "Texts",
    "all_conversations",
    "bare",
    "gram_sets",
    "joined",
    "near_pairs",
    "particulars_reader",
    "read_conversations",
    "stars",
    "without_asking",
]
