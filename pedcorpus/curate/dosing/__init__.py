"""Doses that a record states, and what a formulary says of them."""

from pedcorpus.curate.dosing.bounds import Bounds, Child, bounds_of
from pedcorpus.curate.dosing.company import company_problems
from pedcorpus.curate.dosing.judge import Problem, dose_problems
from pedcorpus.curate.dosing.stated import StatedDose
from pedcorpus.curate.dosing.text import doses_in, mentions_in
from pedcorpus.curate.dosing.who import child_of

__all__ = [
    "Bounds",
    "Child",
    "Problem",
    "StatedDose",
    "bounds_of",
    "child_of",
    "company_problems",
    "dose_problems",
    "doses_in",
    "mentions_in",
]
