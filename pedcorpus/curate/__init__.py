"""Checks and duplicates: functions over batches of records; every verdict is a value that the corpus stores."""

from pedcorpus.curate.added import added_facts
from pedcorpus.curate.check import Check, Settable, Subject, Tuned, check_id, found, passed, unjudged
from pedcorpus.curate.kept import lost_facts
from pedcorpus.curate.second_opinion import SECOND_OPINION, Opinions, opinion_question, opinions_read
from pedcorpus.plugins import load_plugins
from pedcorpus.settings import CurateSettings

__all__ = [
    "SECOND_OPINION",
    "Check",
    "Opinions",
    "Settable",
    "Subject",
    "Tuned",
    "added_facts",
    "check_id",
    "checks",
    "found",
    "lost_facts",
    "opinion_question",
    "opinions_read",
    "passed",
    "unjudged",
]


def checks(settings: CurateSettings | None = None) -> list[Check]:
    """The registered checks by name, as `settings` wants them, without the disabled ones."""
    wanted = settings or CurateSettings()
    active = (check for name, check in load_plugins("checks").items() if name not in wanted.disabled_checks)
    return [check.with_settings(wanted) if isinstance(check, Settable) else check for check in active]
