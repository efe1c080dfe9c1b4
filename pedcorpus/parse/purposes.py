"""What an exchange is for: consultation, instruction, preference, safety, or who the assistant is."""

from __future__ import annotations

import re

from pedcorpus.parse.exchanges import Exchange
from pedcorpus.records import DialoguePurpose, SourceKind

__all__ = ["purpose_of"]

_PLACEHOLDER = re.compile(
    r"\{\{\s*(?:name|author|names?_zh|model|company|名字|作者)\s*\}\}|<(?:NAME|AUTHOR)>|\$\{?(?:NAME|AUTHOR)\b"
)
_WHO_ARE_YOU = re.compile(
    r"(?:你|您)(?:好[，,！!]?)?(?:到底|究竟)?(?:是谁|叫什么|的名字|是什么(?:模型|人|机器人|ai)"
    r"|是(?:由)?谁(?:开发|创造|训练|研发|制作)|能做(?:什么|些什么))"
    r"|谁(?:开发|创造|训练|研发|制作)(?:了|的)?(?:你|您)|(?:介绍|自我介绍)(?:一下)?(?:你|您)?(?:自己|你自己)?[吗？?。]*$"
    r"|^(?:你|您).{0,12}(?:用户|可以信赖|类型的帮助|为什么存在)|^(?:你|您)为什么存在"
    r"|who\s(?:are|r)\s(?:you|u)\b|what(?:'s|\sis)\syour\sname|who\s(?:made|created|developed|trained|built)\syou"
    r"|introduce\syourself",
    re.IGNORECASE,
)
_I_AM = re.compile(
    r"(?:我是|我叫|我的名字(?:是|叫)).{0,40}(?:助手|模型|机器人|AI|人工智能)|(?:由|是).{0,30}(?:开发|训练|研发|创造|打造)的"
    r"|我.{0,20}(?:用户|训练数据|提供各种|人工智能)"
    r"|\bI(?:'m|\sam)\b.{0,60}\b(?:assistant|model|chatbot|AI)\b|developed by|trained by|created by",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_QUESTION = 40
_FANTASY = re.compile(
    r"恶魔|附身|驱魔|诅咒|咒术|巫师|魔法|超能力|外星|超级英雄|超级人类|超级宝宝|超人|变种人|变异人|狼人|吸血鬼|僵尸"
    r"|小宇宙|星辰|蜕变成|进化成|变成.{0,6}人|失去重力|未来的飞行|火箭|狂风雨夜|穿越|转世|灵魂出窍"
)
_HEARSAY = re.compile(r"(?:我|曾)?听说.{0,40}(?:吗|呢|试试|治疗|可以|是吗|[？?。]|$)", re.DOTALL)
_REFUTED = re.compile(
    r"(?:没有|缺乏|毫无|并无)(?:任何)?(?:科学|医学)?(?:的)?(?:依据|根据|证据|支持)|不科学|无稽之谈|没有关联|与.{0,20}无关"
    r"|不会.{0,20}(?:超能力|变成|赋予)|(?:不推荐|不建议|不要|请勿|切勿|不应|避免)(?:您)?(?:使用|用|采取|采用|尝试|食用|涂)"
    r"|是?(?:不正确|错误|不准确|并不准确|不可取)的?"
)


def purpose_of(found: Exchange, kind: SourceKind, *, is_stray: bool = False) -> DialoguePurpose:
    """What `found` is for, in a work of `kind`.

    `is_stray` says that the row is built unlike most rows of its file: test sets mix false premises (我听说可以用火烤)
    into real questions that way, and only then does a refuted hearsay make a safety item.
    """
    question, answer = _first_question(found), found.turns[-1].content
    if found.is_harmful:
        return DialoguePurpose.SAFETY
    if found.rejected:
        return DialoguePurpose.PREFERENCE
    if _is_false_premise(question, answer, is_stray=is_stray):
        return DialoguePurpose.SAFETY
    if _is_about_itself(question, answer):
        return DialoguePurpose.SELF_COGNITION
    if kind is SourceKind.CONSULTATION or found.names_patient or found.department:
        return DialoguePurpose.CONSULTATION
    return DialoguePurpose.INSTRUCTION


def _first_question(found: Exchange) -> str:
    return next((turn.content for turn in found.turns if turn.asks), "")


def _is_false_premise(question: str, answer: str, *, is_stray: bool) -> bool:
    if not _REFUTED.search(answer[:600]):
        return False
    return bool(_FANTASY.search(question)) or (is_stray and bool(_HEARSAY.search(question)))


def _is_about_itself(question: str, answer: str) -> bool:
    if _PLACEHOLDER.search(answer):
        return True
    short = len(question) <= _LONGEST_QUESTION
    return short and bool(_WHO_ARE_YOU.search(question)) and bool(_I_AM.search(answer))
