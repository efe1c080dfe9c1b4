"""Words that a doctor and a parent exchange besides medicine: greetings, thanks, sympathy, wishes; they state nothing.

Reassurance (不用担心, it is nothing serious) is a statement: it is not among them.
"""

from __future__ import annotations

import re

__all__ = ["is_courtesy", "without_courtesy"]

_CHILD = r"(?:[您你]的?|咱们?)?(?:家的?)?(?:孩子|宝宝|宝贝|小朋友|小家伙|患儿|家人)?"
_PATTERN = re.compile(
    r"(?:[您你]好|早上好|下午好|晚上好|家长|妈妈|爸爸|亲|请坐|请稍等|稍等|好的?|嗯+|明白了?|了解了?|知道了|收到)"
    r"|(?:不用|不必)?(?:客气|谢谢?)|不(?:用|必)?客气|不用谢|感谢(?:您的?)?(?:信任|咨询|提问|理解|配合)?|谢谢(?:您的?)?(?:信任|咨询|提问|理解|配合)?"
    r"|(?:我|非常|很|十分|能|完全|可以|特别)*(?:理解|体谅|明白)(?:您|你|家长)?(?:此刻|现在|作为家长)?的?(?:心情|担心|担忧|着急|焦虑|顾虑|感受)(?:和(?:担心|担忧|着急|焦虑))?"
    r"|(?:请|[您你]|家长|先|也)*(?:别|不要|不用)(?:太|过于)?(?:着急|心急|慌张?|紧张)"
    rf"|(?:希望|愿|祝愿?){_CHILD}(?:能?(?:早日|尽快|快点|快快|健健康康|一切|身体|健康|茁壮|平安|顺利|康复|恢复|成长|地|的|早点)+(?:康复|恢复|好起来|健康|成长|长大|平安|顺利)*)(?:健康)?"
    r"|[希期]望(?:我的?|以上)?(?:这些?)?(?:回答|建议|回复|解答)?(?:能够?|可以)?(?:对[您你](?:能)?有所?(?:帮|协)助|帮(?:助)?到[您你])"
    r"|(?:如果?|要是|若)?(?:[您你])?(?:还有|有)(?:任何|什么|别的|其他|不清楚的)*(?:问题|疑问|情况|地方)?(?:的话)?"
    r"|(?:请|欢迎|可以|可|都|[您你]|也|以?)*随时(?:都可以)?(?:再|来|跟我|和我|向我|与我|给我)*(?:咨询|联系|留言|告诉我|问我?|提问|沟通)(?:我)?(?:哦|吧)?"
    r"|很高兴(?:能)?(?:为[您你](?:服务|解答)|帮助[您你])"
    r"|(?:hello|hi|good (?:morning|afternoon|evening)|dear parent|thanks|you(?:'re| are) welcome|i see|of course)"
    r"|thank you(?: (?:very much|for (?:asking|your (?:question|trust))))?|all right|ok(?:ay)?"
    r"|i (?:can |quite |fully |do )*(?:understand|see) (?:how worried you (?:are|must be)|that you are worried)"
    r"|i (?:can |quite |fully |do )*understand your (?:worry|worries|concerns?)"
    r"|(?:please )?(?:do not|don't) (?:panic|be alarmed)"
    r"|(?:i |we )?(?:hope|wish) (?:your (?:child|baby|son|daughter)|s?he) (?:gets well|recovers) soon"
    r"|(?:please )?(?:feel free|do not hesitate|don't hesitate) to (?:ask|write|contact (?:us|me))(?: again| any time)?"
    r"|if you have (?:any )?(?:further|other|more) questions",
    re.I,
)
_SET_PHRASE = re.compile(r"以上(?:就)?是我?(?:对|针对|关于)[^。！!\n]{0,120}?的(?:建议|解答|回答|答复|意见)")
_CLAUSE = re.compile(r"[^，,。．.！!？?；;：:~～\n]+")
_PARTICLES = "呀啊哦呢吧的了哈~ "


def is_courtesy(sentence: str) -> bool:
    """Does `sentence` consist of courtesies alone? One without a word does too."""
    return all(map(_is_polite, _CLAUSE.findall(_SET_PHRASE.sub(_blank, sentence))))


def without_courtesy(text: str) -> str:
    """`text` of the same length, with blanks for the clauses that are courtesies."""
    plain = _SET_PHRASE.sub(_blank, text)
    return _CLAUSE.sub(lambda match: _blank(match) if _is_polite(match.group()) else match.group(), plain)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_polite(clause: str) -> bool:
    bare = clause.strip().rstrip(_PARTICLES)
    return not bare or bool(_PATTERN.fullmatch(bare) or _PATTERN.fullmatch(clause.strip()))
