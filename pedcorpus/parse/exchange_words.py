"""Keys, headers and speakers' names under which data sets keep questions and answers."""

from __future__ import annotations

import re

from pedcorpus.normalise import fold

__all__ = [
    "ANSWER",
    "ASK",
    "ASKERS",
    "CHOSEN",
    "CONTENT",
    "DEPARTMENT",
    "DOCTORS",
    "HARM",
    "HELPERS",
    "HISTORY",
    "LABELS",
    "MORE",
    "PATIENTS",
    "REJECTED",
    "ROLE",
    "SAFETY_PROMPT",
    "SILENT",
    "SYSTEM",
    "TITLE",
    "TURNS",
    "is_prompt_for_a_doctor",
    "key_of",
    "named_speaker",
    "transcript",
]


def key_of(name: str) -> str:
    """A key or header as it is compared: width, case, spaces, `_` and `-` do not matter."""
    return fold(name).replace("_", "").replace("-", "").strip("#")


def _keys(*names: str) -> tuple[str, ...]:
    return tuple(key_of(name) for name in names)


TURNS = _keys(
    "turns", "messages", "conversation", "conversations", "dialogue", "dialog", "dialogs", "chat", "data", "对话"
)
ROLE = _keys("role", "from", "speaker", "角色", "说话人")
CONTENT = _keys("content", "value", "text", "utterance", "sentence", "内容")
HISTORY = _keys("history", "chat_history", "历史")
SYSTEM = _keys("system", "system_prompt")
ASK = _keys(
    "ask", "question", "questions", "query", "prompt", "instruction", "instruct", "问题", "提问", "患者", "问", "病人",
    "病情描述", "user", "human", "question_text", "问句",
)  # fmt: skip
MORE = _keys("input", "输入")
ANSWER = _keys(
    "answer", "answers", "response", "reply", "raw_anwser", "raw_answer", "output", "completion", "target", "回答",
    "答复", "医生", "答", "医生回答", "回复", "assistant", "gpt", "answer_text", "答句", "输出",
)  # fmt: skip
TITLE = _keys("title", "标题", "主题")
DEPARTMENT = _keys("department", "科室", "cate1", "就诊科室", "一级科室", "所属科室", "dept", "department_name")
CHOSEN = _keys("chosen", "response_chosen", "answer_chosen", "preferred", "chosen_response")
REJECTED = _keys("rejected", "response_rejected", "answer_rejected", "dispreferred", "rejected_response")
SAFETY_PROMPT = _keys(
    "safety_prompt", "harmful_prompt", "unsafe_prompt", "jailbreak", "attack_prompt", "forbidden_prompt",
)  # fmt: skip
HARM = _keys(
    "违规类型", "违规子类", "风险类型", "风险类别", "风险子类", "安全类型", "安全场景", "违规类别", "harm_category",
    "harm", "harm_type", "safety_category", "risk_category", "risk_type", "risk_area", "types_of_harm", "safety_label",
    "is_harmful",
)  # fmt: skip
LABELS = _keys(
    "id", "_id", "qid", "cate2", "raw_case", "category", "二级科室", "疾病", "disease", "source", "topic", "编号",
    "序号", "task_type",
)  # fmt: skip
"""Short values that are kept beside a row."""

PATIENTS = {"patient", "患者", "病人", "家长", "患儿家长", "患儿", "咨询者", "parent"}
DOCTORS = {"doctor", "医生", "大夫", "医师"}
ASKERS = PATIENTS | {"ask", "asker", "user", "human", "用户", "问", "q", "prompter", "client", "提问", "问题"}
HELPERS = DOCTORS | {
    "answer",
    "assistant",
    "gpt",
    "bot",
    "答",
    "a",
    "model",
    "chatgpt",
    "ai",
    "回答",
    "助手",
    "bing",
    "bard",
}
SILENT = {"system", "系统"}

_SPEAKER = re.compile(
    r"\s*(?P<who>患儿家长|患者|病人|家长|用户|问题|提问|问|医生|大夫|医师|回答|助手|答"
    r"|human|user|patient|assistant|doctor|bot|gpt|q|a)\s*(?:\d{1,2})?\s*[:：]\s*",
    re.IGNORECASE,
)
_SPOKEN = re.compile(rf"(?:\A|\n)(?={_SPEAKER.pattern})", re.IGNORECASE)
_FOR_A_DOCTOR = re.compile(
    r"\s*(?:if you are a (?:doctor|medical)|you are a (?:doctor|physician|medical)"
    r"|(?:如果|假设)你是一?[名位个]?.{0,8}医生|你(?:现在)?是一?[名位个].{0,12}(?:医生|医师|医学助手|医疗助手)"
    r"|请?(?:根据|基于)(?:患者|病人)的?(?:描述|问题))",
    re.IGNORECASE,
)
_LONGEST_PROMPT = 200


def is_prompt_for_a_doctor(instruction: str) -> bool:
    """Is it the same standing order in every row (If you are a doctor, …), with the question in another field?"""
    return len(instruction) <= _LONGEST_PROMPT and _FOR_A_DOCTOR.match(instruction) is not None


def named_speaker(text: str) -> tuple[str, str]:
    """Who speaks in `医生：多喝水。`, and what is said; nobody where no name stands before it."""
    found = _SPEAKER.match(text)
    return (found["who"].casefold(), text[found.end() :].strip()) if found else ("", text.strip())


def transcript(text: str) -> list[tuple[str, str]]:
    """Turns of a text whose lines begin with their speakers; nothing where fewer than two do."""
    starts = [found.start() for found in _SPOKEN.finditer(text)]
    if len(starts) < 2:
        return []
    return [named_speaker(text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
