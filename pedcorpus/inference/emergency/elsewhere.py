"""Signs that a message tells of without a child who has them: a leaflet's, an adult's, all children's, those learnt ahead.

Only what says so in plain words counts: 如果抽搐怎么办 may be about a child who lies there, and is advised on.
"""

from __future__ import annotations

import re

from pedcorpus.curate.sense import sentence_span

__all__ = ["is_elsewhere"]

_ADULTS = (
    r"爸爸?|妈妈?|父亲|母亲|奶奶|爷爷|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|老公|老婆|丈夫|妻子|爱人|同事|领导|老师"
)
_SAYING = r"给|带|说|看|发现|喂|抱|把|让|见|听|讲|告诉|打电话|问|送|忘|不小心|以为|觉得|没注意|在"
_ILL = r"(?:病|中风|血压|住院|晕倒|昏迷|发烧|高烧|手术)"
"""Said of an adult in one clause, it makes the clauses after it his, too; 老公出差了，一直抽 does not."""
_ADULT = re.compile(
    rf"(?:^|[,。;!?\s])(?:我们?|孩子|宝宝|娃|他|她)?(?:的|家)?(?:{_ADULTS})(?!的|家|[^,。;]{{0,3}}(?:{_SAYING}))(?:[^,。;!?]*{_ILL}[^。;!?]*|[^,。;!?]*)$"
    r"|我(?:自己|本人)[^,。;!?]*$"
    r"|(?:哺乳期|孕期|怀孕|产后)[^,。;!?]*$"
    r"|\b(?:my|his|her|our) (?:husband|wife|partner|mother|mom|mum|father|dad|grand(?:mother|father|ma|pa)|aunt|uncle|boss|colleague|neighbou?r)"
    r"(?:-in-law)?\b(?!'s)(?! (?:\w+ )?(?:says?|said|told|thinks?|thought|noticed|saw|sees|found|gave|called|heard|was (?:feeding|holding|with)))(?:[^.,;!?]*\b(?:ill|sick|disease|stroke|hospital|attack)\b[^.;!?]*|[^.,;!?]*)$"
)
_CHILD = re.compile(
    r"孩子|宝|娃|儿子|女儿|闺女|婴|他|她|小家伙|弟弟|妹妹|\b(?:baby|son|daughter|child|kid|toddler|he|she|him)\b"
)
_LEAFLET = re.compile(
    r"(?:说明书|药盒|包装盒?|知情同意书?|告知书|新闻|电视|网上|视频|科普|讲座|leaflet|package insert|(?:on|the) (?:box|label|packet)|the news)[^。;!?]*$"
)
_OF_NOW = re.compile(
    r"现在|刚[才刚]?|正在|已经|突然|今天|昨[天晚夜]|吃了|用了|打了|之后|\bnow\b|\bjust\b|\balready\b|\bafter\b"
)
_IF = re.compile(r"如果|要是|万一|假如|假设|若是?|倘若|\bif\b|\bin case\b|\bwhen\b|\bshould\b")
_AHEAD = re.compile(
    r"提前|预先|事先|将来|以后会|哪天|学一学|学习一下|想学|想了解|有备无患|心里有(?:底|数)|做好准备|\bever\b|\b(?:one|some) day\b|\bin case\b|\bin advance\b|\bbe prepared\b|\bin (?:the )?future\b"
)
_HERE = re.compile(
    r"现在|刚[才刚]|正在|突然|怎么办|一直|还在|持续|越来越|今天|昨[天晚夜]|已经|\bnow\b|\bjust\b|\bstill\b|\bhas been\b|\bis (?:\w+ing|having)\b"
)
_OWN = re.compile(r"我家|我的?(?:孩子|宝|娃|儿子|女儿)|\bmy\b|\bour\b")
_ALL_CHILDREN = re.compile(
    r"的(?:孩子|宝宝|小孩|婴儿|患儿|新生儿)[^,。;!?]{0,14}(?:为什么|为何|什么原因)|(?:新生儿|婴儿|婴幼儿|小儿|儿童|幼儿|小孩子?们?)(?:为什么|为何|怎么会)"
    r"|为(?:什么|何)[^,。;!?]{0,3}(?:要|必须|需要|应该|得)(?:马上|立即|立刻|尽快|赶紧|去|看|送)"
    r"|\bwhy (?:do|does|are|is|can|should|must) (?:a |an )?(?:some )?(?:babies|newborns?|infants?|children|kids|toddlers?|baby|child)\b"
    r"|\bwhat (?:do|does|are|is) (?:a |an |the )?(?:\w+[ -]){0,4}(?:look like|mean|signs?|symptoms?)\b|\bhow (?:common|likely|often)\b"
)


def is_elsewhere(text: str, start: int) -> bool:
    """Is the sign at `start` of this plain text one that no child of the writer's is said to have?"""
    first, last = sentence_span(text, start)
    before = text[first:start]
    return _is_an_adults(before) or _is_a_leaflets(before) or _is_learnt_ahead(text) or _is_of_all(text, first, last)


def _is_an_adults(before: str) -> bool:
    """Is an adult the last person named before the sign, as who has it?"""
    adult = _ADULT.search(before)
    if adult is None:
        return False
    named = re.match(r"[,。;!?\s]?(?:我们?|孩子|宝宝|娃|他|她|my|his|her|our)?", adult.group())
    return not _CHILD.search(adult.group(), named.end() if named else 0)


def _is_a_leaflets(before: str) -> bool:
    told = _LEAFLET.search(before)
    return told is not None and not _OF_NOW.search(told.group()) and not _CHILD.search(told.group())


def _is_learnt_ahead(text: str) -> bool:
    return bool(_IF.search(text) and _AHEAD.search(text)) and not _HERE.search(text)


def _is_of_all(text: str, first: int, last: int) -> bool:
    return bool(_ALL_CHILDREN.search(text, first, last)) and not (_HERE.search(text) or _OWN.search(text))
