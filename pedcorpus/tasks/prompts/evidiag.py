"""The prompt of EviDiag: a case invented inside the source's ranges, and a diagnosis with a quote for each finding."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pedcorpus.tasks.writing import Draft, QuestionKind

__all__ = ["INSTRUCTIONS", "KINDS", "VERSION", "EviDiagDraft"]

VERSION = 1


class Sign(BaseModel):
    """A finding of the case and the criterion that it meets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    finding: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class Rival(BaseModel):
    """A disease to tell apart and what tells it apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    disease: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class EviDiagDraft(Draft):
    """A case, its diagnosis, what supports it and what is to be told apart."""

    task: Literal["evidiag"]
    findings: tuple[str, ...] = Field(min_length=1)
    investigations: tuple[str, ...]
    diagnosis: str = Field(min_length=1)
    subtype: str
    supports: tuple[Sign, ...] = Field(min_length=1)
    rivals: tuple[Rival, ...]


KINDS = (
    QuestionKind("typical", {"zh": "典型病例", "en": "typical case"}),
    QuestionKind("early", {"zh": "早期就诊，表现尚少", "en": "seen early, few findings yet"}),
    QuestionKind("examined", {"zh": "附检查结果", "en": "with results of tests"}, needs="examination"),
    QuestionKind("subtype", {"zh": "并判断类型或轻重", "en": "asks for type or severity too"}, needs="manifestation"),
    QuestionKind("apart", {"zh": "易混病例，重在鉴别", "en": "a case easily mistaken"}, needs="differential"),
    QuestionKind("course", {"zh": "按病程先后叙述", "en": "told in the order of its course"}),
)

INSTRUCTIONS = {
    "zh": (
        "evidiag 循证诊断：findings 是病例的各项表现，数值落在资料范围内，不写年龄性别（题中已定），"
        "表现与 question 都不透露病名；supports 逐项列 finding（照抄自 findings 或 investigations）与资料中相应标准 "
        'quote；rivals 只写资料提到的病及其区别的 quote，没有则 []；diagnosis、subtype 用资料中的名称，无分型则 ""。\n'
        "例：资料 [2] 幼儿急疹多见于6～18个月婴儿，发热3～5天，热退后出疹。[5] 麻疹出疹时体温更高。\n"
        "题 2 evidiag，规培医师，简短，典型病例，重点2，男孩，9个月\n"
        '{"slot":2,"task":"evidiag","question":"最可能是什么病？凭什么？","findings":["发热4天","热退当天躯干出现皮疹"],'
        '"investigations":[],"diagnosis":"幼儿急疹","subtype":"","supports":[{"finding":"发热4天","quote":"发热3～5天"},'
        '{"finding":"热退当天躯干出现皮疹","quote":"热退后出疹"}],"rivals":[{"disease":"麻疹","quote":"麻疹出疹时体温更高"}]}'
    ),
    "en": (
        "evidiag, evidence-based diagnosis: findings are those of the case, values inside the source's ranges, "
        "without age and sex (the slot sets them); neither findings nor question give the disease away; supports pair "
        "a finding (copied from findings or investigations) with the source's criterion as quote; rivals only diseases "
        'that the source tells apart, else []; diagnosis and subtype in the source\'s names, "" without a subtype.\n'
        "Example: source [2] Roseola is most common from 6 to 18 months; fever lasts 3 to 5 days and the rash follows "
        "when it falls. [5] In measles the rash comes at the height of the fever.\n"
        "Slot 2 evidiag, junior doctor, brief, typical case, line 2, a boy, 9 months\n"
        '{"slot":2,"task":"evidiag","question":"What is most likely, and why?","findings":["fever for 4 days","a rash '
        'on the trunk on the day it fell"],"investigations":[],"diagnosis":"Roseola","subtype":"","supports":['
        '{"finding":"fever for 4 days","quote":"fever lasts 3 to 5 days"},'
        '{"finding":"a rash on the trunk on the day it fell","quote":"the rash follows when it falls"}],'
        '"rivals":[{"disease":"measles","quote":"In measles the rash comes at the height of the fever"}]}'
    ),
}
