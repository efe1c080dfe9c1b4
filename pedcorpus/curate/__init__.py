"""Checks and duplicates: functions over batches of records; every verdict is a value that the corpus stores."""

from pedcorpus.curate.check import Check, Subject, check_id, passed
from pedcorpus.curate.duplicates import Comparable, changed_memberships, comparable, exact_duplicates
from pedcorpus.plugins import load_plugins

__all__ = [
    "Check",
    "Comparable",
    "Subject",
    "changed_memberships",
    "check_id",
    "checks",
    "comparable",
    "exact_duplicates",
    "passed",
]


def checks(*, disabled: tuple[str, ...] = ()) -> list[Check]:
    """The registered checks by name, without the disabled ones."""
    return [check for name, check in load_plugins("checks").items() if name not in disabled]
