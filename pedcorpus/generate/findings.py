"""Findings of a case, cut from the sentences that describe a disease: each with the words that it meets.

A clause becomes a finding when it says what can be seen in one child; hedges and the disease's own name come off,
a range becomes one value inside it, and what only some children have is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pedcorpus.generate.choice import ranked
from pedcorpus.generate.groups import Line
from pedcorpus.generate.sentences import points_elsewhere, split_spans
from pedcorpus.tasks.scene import number_text

__all__ = ["Finding", "find_findings"]

# Sentences about the rare, the late, the severe, or about no child in particular.
_ASIDE = re.compile(
    r"^(?:[（(]?\d*[）).]?\s*)(?:部分|少数|个别|偶|有时|晚期|早期|重者|重症|轻者|轻症|危重|严重|甚者|若|如|当|凡|此|其|本期|本证|此期|亦|也|普通病例|恢复期|新生儿|年长儿"
    r"|婴幼儿不能|学龄|小婴儿|早产|约|多数病例|疹退|以后|典型者|(?:\d+|[一二三])个?[岁月]以)|者[，,].{0,8}(?:为|属)|引起|所致|误诊|误认|提示|可诊断|称为|分为|叫做|又称|因此|容易与|应[立做行常当尽及考查在]|高危|危险因素|容易发"
)
_NOT_A_FINDING = re.compile(
    r"感染的?[大小便]|并发|继发|本病|本证|本期|患者|患儿可|常见于|多见于|见于|主要|往往|通常|一般|此[期证]|其|是指|称|分为|归纳|类型|引起|所致|因为|由于|为特征|属于|治|宜|服|方[用例]|加减|方药"
    r"|者|若|如(?!蚕豆|黄豆|绿豆|粟|丹|杨梅|柱|常)|则|提示|误|占|约\d+[%％]|病例|病程中?$|可能|一旦|愈后|病变|累及|受累|以及$|应|需|不同|排除|诊断|不一$|轻重|家长|忽视|时$|有时|大多|多发生|[炎病症喘](?:常|可|多|以|患)|最重|病情|预后|自愈|痊愈|严重|重症|晚期|或不?显"
    r"|^经?\d+[天日]后?$|^.{0,6}后$|^(?:甚则|甚至|甚或|甚者|重则|或|偶|时或|间或|亦可|也可|少数|部分|随病情|以后|后期|而|且|并且)"
)
_LEAD = re.compile(
    r"^(?:证见|症见|此时|但仍?有?|但|仍有|旋即|临床(?:上|表现)?(?:为|以|可见)?|典型的?|表现为|表现以|随后突然|随后出现|随后|继而出现|继而|同时出现|同时有|同时|先有|先出现|早期有|初起有|初起|最初|起病时"
    r"|多?伴有?(?=[^随])|并伴有?|常伴有?|可伴有?|并出现|并有|并见|可有|可见到?|可出现|可触及(?=.)|常有|常出现|常见|多有|多数患儿|多数|常先出现|兼见|兼有|见有|出现|大多|一般|多以|常以|以|尚有|患儿常|患儿|婴幼儿常有|婴儿可见|婴儿|常(?![见规温压年]))"
)
_TAIL = re.compile(
    r"(?:为突出表现|等(?:症状?|表现|证候?|候)?|为主要?(?:表现|特征|症状)?|(?<!不)(?:最|较)?(?:常见|明显|突出|多见)|是最重要的体征)$"
)
_SHORTER = re.compile(
    r"(?:发作)?(?:持续)?(?:时间)?(?:短于|少于|小于|不超过|在)(?P<top>\d+)(?P<unit>分钟|小时|天)(?:以内|之内)?$"
)
_FEVER = re.compile(
    r"(?P<head>.*?)(?P<low>3[5-9]|4[0-2])(?:\.\d)?\s*[～~〜–—至-]\s*(?P<high>3[5-9]|4[0-2])(?:\.\d)?\s*℃"
)
_PARTS_OF_BODY = re.compile(
    r"^(?:[躯四上下肢干面部颈项头胸背腹腰臀手足掌底心耳目眼鼻口唇咽喉舌肝脾肺肾膝肘指趾]|皮肤|黏膜|粘膜|[左右]侧?|前|后){1,5}$"
)
_SUBJECTLESS = re.compile(
    r"^(?:呈|量[少多]|水分多|周围|很快转?为?|初为|[颜]?色[呈红紫淡深黄]|质[地稀稠软硬]|[无有].{0,2}臭|间隔|稍?可移动|逐渐|继而转?为|压之|扪之|触之|边界|伴里急|持续数|高出|状如|大小|直径|以.{1,8}(?:为[主多甚著]|明显)|部位|稠粘|粘稠|不易|稀薄|影响|迅速融|色泽|按出疹|\d+\s*[〜～~-]?\s*\d*[天日]|按之|时作|或)"
)
_LONGEST_JOINED = 36
_HEDGED_PAIR = re.compile(r"^(?P<first>[^或]{3,8})或[^或的]{2,4}$")


@dataclass(frozen=True)
class Finding:
    """What the case tells, and where the source says it."""

    text: str
    line: Line
    """The clause in the source."""

    @property
    def criterion(self) -> str:
        return self.line.text


def find_findings(line: Line, disease: str, *key: object) -> list[Finding]:
    """Findings in `line`, in the order of the text, each text once. `key` decides values taken from ranges."""
    found: list[Finding] = []
    for sentence in split_spans(line.passage.text[: line.end], line.start, language="zh"):
        if _ASIDE.search(sentence.text) or points_elsewhere(sentence.text):
            continue
        for clause in _joined(_before_alternatives(_clauses(Line(line.passage, sentence.start, sentence.end)))):
            for finding in _of_clause(clause, disease, key):
                if all(finding.text not in known.text and known.text not in finding.text for known in found):
                    found.append(finding)
    return found


def _clauses(line: Line) -> Iterator[Line]:
    text = line.text
    position = 0
    for piece in re.split(r"([，；;。：])", text):
        if piece and piece not in "，；;。：":
            start = line.start + position + len(piece) - len(piece.lstrip())
            yield Line(line.passage, start, line.start + position + len(piece.rstrip()))
        position += len(piece)


def _before_alternatives(clauses: Iterator[Line]) -> list[Line]:
    """Clauses up to the first 或见: what follows is another picture."""
    return list(takewhile(lambda clause: not clause.text.startswith("或见"), clauses))


def _joined(clauses: list[Line]) -> list[Line]:
    """Clauses, those without a subject of their own joined to the one before: 大便次数多，呈黄色水样."""
    joined: list[Line] = []
    for clause in clauses:
        if joined and _SUBJECTLESS.match(clause.text) and clause.end - joined[-1].start <= _LONGEST_JOINED:
            joined[-1] = Line(clause.passage, joined[-1].start, clause.end)
        elif not _SUBJECTLESS.match(clause.text):
            joined.append(clause)
    return joined


def _of_clause(clause: Line, disease: str, key: tuple[object, ...]) -> Iterator[Finding]:
    text = _without_name(clause.text, disease)
    if not text or _NOT_A_FINDING.search(text):
        return
    if valued := _one_value(text, key):
        yield Finding(valued, clause)
        return
    pieces = text.split("、")
    if "，" in text or text.startswith(("在", "于")):
        pieces = [text]
    if len(pieces) > 1 and any(len(piece) < 2 or _PARTS_OF_BODY.match(piece) for piece in pieces):
        pieces = [text]
    for piece in pieces:
        plain = _plain(piece)
        if (
            2 <= len(plain) <= (_LONGEST_JOINED if len(pieces) == 1 else 18)
            and not _NOT_A_FINDING.search(plain)
            and not re.search(r"[“”《》（）()]", plain)
        ):
            yield Finding(plain, clause)


def _without_name(text: str, disease: str) -> str:
    """`text` without the disease's name before it; empty if the name stands elsewhere in it."""
    bare = re.sub(r"^\d{1,2}[.．、]\s*|^（[一二三四五六七八九十\d]+）", "", text)
    bare = re.sub(
        rf"^(?:典型的?|本病|{re.escape(disease)}(?:患儿|病例)?)(?:的?(?:典型)?(?:表现|症状)(?:为|是)?)?(?:的患儿)?",
        "",
        bare,
    )
    bare = re.sub(rf"^(?:典型的)?{re.escape(disease)}(?:的?患儿)?(?:的?典型表现为)?", "", bare)
    return "" if disease in bare else bare.strip()


def _plain(piece: str) -> str:
    previous = None
    text = re.sub(r"可(?=[有见呈]|触及|闻及|出现)", "", re.split(r"，或", piece.strip(), maxsplit=1)[0])
    while previous != text:
        previous = text
        text = _TAIL.sub("", _LEAD.sub("", text)).strip()
    pair = _HEDGED_PAIR.match(text)
    return pair["first"] if pair and "不" not in text else text


def _one_value(text: str, key: tuple[object, ...]) -> str:
    """The clause with one value inside its range, as 持续约2分钟 for 持续时间短于15分钟; empty if it has none."""
    if match := _SHORTER.fullmatch(text):
        top = int(match["top"])
        values = range(max(1, top // 8), max(2, top * 2 // 3))
        return f"持续约{ranked(values, 'duration', *key)[0]}{match['unit']}"
    if (match := _FEVER.match(text)) and len(match["head"]) <= 8:
        low, high = float(match["low"]), float(match["high"])
        degrees = [round(low + step / 10, 1) for step in range(1, int((high - low) * 10))]
        return f"体温{number_text(ranked(degrees, 'fever', *key)[0])}℃"
    return ""
