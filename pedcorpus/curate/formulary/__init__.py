"""The table of doses and ages that training text is held against: shipped, or a hospital's own."""

from pedcorpus.curate.formulary.amounts import Amount, amount_of
from pedcorpus.curate.formulary.load import ParsedFormulary, load_formulary, parse_formulary, shipped_formulary
from pedcorpus.curate.formulary.table import AgeRule, AvoidRule, DoseRule, Drug, Formulary, SourceRow

__all__ = [
    "AgeRule",
    "Amount",
    "AvoidRule",
    "DoseRule",
    "Drug",
    "Formulary",
    "ParsedFormulary",
    "SourceRow",
    "amount_of",
    "load_formulary",
    "parse_formulary",
    "shipped_formulary",
]
