"""A language model as judge of pairs of replies: what it is asked, what is kept of it, and what that says."""

from pedcorpus.evaluation.judge.aspects import ASPECT_TITLES, COUNTERPARTS, Aspect
from pedcorpus.evaluation.judge.doctors import OVERALL, DoctorsAgreement, doctors_agreement
from pedcorpus.evaluation.judge.file import JudgementFile, read_judgements
from pedcorpus.evaluation.judge.judgement import Judgement, Order
from pedcorpus.evaluation.judge.outcomes import ORDERS, JudgedPair, Outcome, judged_pair, same_reply
from pedcorpus.evaluation.judge.prompt import JUDGE_VERSION, Verdicts, judge_question
from pedcorpus.evaluation.judge.report import AspectResult, Bias, JudgeReport, judge_report
from pedcorpus.evaluation.judge.told import judge_data, judge_png, judge_section

__all__ = [
    "ASPECT_TITLES",
    "COUNTERPARTS",
    "JUDGE_VERSION",
    "ORDERS",
    "OVERALL",
    "Aspect",
    "AspectResult",
    "Bias",
    "DoctorsAgreement",
    "JudgeReport",
    "JudgedPair",
    "Judgement",
    "JudgementFile",
    "Order",
    "Outcome",
    "Verdicts",
    "doctors_agreement",
    "judge_data",
    "judge_png",
    "judge_question",
    "judge_report",
    "judge_section",
    "judged_pair",
    "read_judgements",
    "same_reply",
]
