"""The prompt of TreRecom: a diagnosed child, and a plan each line of which is quoted; doses are worked out by code."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pedcorpus.tasks.writing import Draft, Part, QuestionKind

__all__ = ["INSTRUCTIONS", "KINDS", "VERSION", "TreRecomDraft"]

VERSION = 1


class Drug(BaseModel):
    """A drug and the words of the source that give it, dose included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class TreRecomDraft(Draft):
    """The child's state, and what is to be done."""

    task: Literal["trerecom"]
    findings: tuple[str, ...]
    plan: tuple[Part, ...] = Field(min_length=1)
    drugs: tuple[Drug, ...]
    cautions: tuple[Part, ...]
    follow_up: tuple[Part, ...]


KINDS = (
    QuestionKind("plan", {"zh": "问整体方案", "en": "asks for the plan"}),
    QuestionKind("first", {"zh": "问眼下先做什么", "en": "asks what to do first"}),
    QuestionKind("dose", {"zh": "问某药用量用法", "en": "asks for a drug's dose"}, needs="dose"),
    QuestionKind("caution", {"zh": "问用药注意和禁忌", "en": "asks what to beware of"}),
    QuestionKind("home", {"zh": "问在家怎么配合", "en": "asks what to do at home"}),
    QuestionKind("next", {"zh": "问无效或加重时怎么办", "en": "asks what if it fails or worsens"}),
)

INSTRUCTIONS = {
    "zh": (
        "trerecom 治疗推荐：诊断即资料所述疾病；findings 写影响处理的病情（可为[]），不写年龄性别体重（题中已定）；"
        "plan、cautions、follow_up 每项一句及其 quote；drugs 每药一项，quote 抄全药名、剂量、途径、频次和极量；"
        "剂量照抄，不按体重计算，不写就医提醒（程序会加）；没有的写 []。\n"
        "例：资料 [4] 体温超过38.5℃者，口服布洛芬5～10 mg/kg，每6小时1次。脱水者慎用。\n"
        "题 3 trerecom，家长，口语，问某药用量用法，重点4，女孩，2岁，12 kg\n"
        '{"slot":3,"task":"trerecom","question":"布洛芬该吃多少，多久能再吃？","findings":["体温39℃"],'
        '"plan":[{"text":"体温超过38.5℃，可口服布洛芬退热。","quote":"体温超过38.5℃者，口服布洛芬"}],'
        '"drugs":[{"name":"布洛芬","quote":"口服布洛芬5～10 mg/kg，每6小时1次"}],'
        '"cautions":[{"text":"脱水时慎用。","quote":"脱水者慎用"}],"follow_up":[]}'
    ),
    "en": (
        "trerecom, treatment recommendation: the diagnosis is the source's disease; findings say what of the child's "
        "state matters (may be []), without age, sex and weight (the slot sets them); plan, cautions and follow_up "
        "hold one sentence and its quote each; drugs one each, its quote holding name, dose, route, frequency and "
        "maximum; copy doses, do not work them out; no line on seeking care (it is added); [] where there is nothing.\n"
        "Example: source [4] Above 38.5 °C give ibuprofen 5-10 mg/kg orally every 6 hours. Use with care in "
        "dehydration.\n"
        "Slot 3 trerecom, parent, chatty, asks for a drug's dose, line 4, a girl, 2 years, 12 kg\n"
        '{"slot":3,"task":"trerecom","question":"How much ibuprofen may she have, and how often?","findings":'
        '["temperature 39 °C"],"plan":[{"text":"Above 38.5 °C ibuprofen can be given by mouth.","quote":"Above 38.5 °C '
        'give ibuprofen"}],"drugs":[{"name":"ibuprofen","quote":"ibuprofen 5-10 mg/kg orally every 6 hours"}],'
        '"cautions":[{"text":"Use it with care in dehydration.","quote":"Use with care in dehydration"}],'
        '"follow_up":[]}'
    ),
}
