"""Questions as tasks of lm-evaluation-harness: the files that it reads, and the scores that they call back for."""

from pedcorpus.evaluation.harness.results import process_results
from pedcorpus.evaluation.harness.tasks import TaskFiles, write_tasks

__all__ = ["TaskFiles", "process_results", "write_tasks"]
