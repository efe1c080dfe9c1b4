"""One recommendation of a guideline taken apart: whom it is for, what is to be done or left, and its grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.generate.groups import Line
from pedcorpus.records import Passage, PassageKind

__all__ = ["Recommendation", "guideline_topic", "read_recommendations"]

_NUMBER = re.compile(r"^\s*(?:【?推荐(?:意见)?\s*\d+(?:\.\d+)*】?|Recommendation\s+\d+(?:\.\d+)*)\s*[：:.、　 ]*", re.I)
_GRADE_ALONE = re.compile(r"^\s*[（(]?(?:证据(?:等级|级别|质量)|推荐(?:强度|级别|等级))")
_REASON = re.compile(r"^\s*(?P<label>(?:推荐)?(?:理由|说明|依据|解读|证据(?:总结|说明)))[：:]\s*")
_MODAL = re.compile(
    r"不推荐(?:将|把)?|推荐(?:将|把)?|不建议|建议|不主张|主张|不应当?|应当?(?![用激答对变急力])|不宜|宜|避免|禁用|禁止"
    r"|可(?=使用|选用|用|给|考虑|以)|鼓励(?:患儿)?|无需|不需要|(?=采用)"
)
_PURPOSE = re.compile(r"^(?P<what>[^，。；]{2,14}的(?:目的|原则|指征|时机|目标|标准))(?:是|为)")
_ACTION_END = re.compile(r"[，；。（(]|(?=\d+(?:\.\d+)?\s*(?:[～~–-]\s*\d+(?:\.\d+)?\s*)?(?:mg|g|ml|μg|U|IU)\b)")
_LONGEST_ACTION = 30
_AGES = re.compile(r"的?(?:\d+\s*[～~–-]\s*)?\d+(?:岁|个月)(?:及)?(?:以[上下])?的?(?:足月)?")
_TITLE_TAIL = re.compile(
    r"(?:的?(?:临床|循证|门急诊|门诊|急诊|家庭|规范化|合理|诊断与治疗|诊断和治疗|诊疗|诊断|治疗|诊治|防治|预防|管理|处理|评估|应用|实践|用药|与|和|及|专家))*(?:指南|共识|规范|建议|意见|推荐)"
    r"(?:[（(].*[）)]|\d{4}年?版?)*$"
)


@dataclass(frozen=True)
class Recommendation:
    """Where a recommendation stands, and its parts in the words of the text."""

    lines: tuple[Line, ...]
    """Its sentence, and its grade if that stands in a passage of its own."""
    condition: str
    """Child or situation before the verb; may be empty."""
    action: str
    """What is to be done or left; empty where the sentence is not built that way."""
    purpose: str
    """退热治疗的目的, where the sentence says what that is."""
    is_against: bool
    reasons: tuple[Line, ...]
    """理由 and 说明 that follow it."""

    @property
    def text(self) -> str:
        return self.lines[0].text

    @property
    def told(self) -> tuple[str, ...]:
        """The situation as findings of a case: 惊厥持续超过5分钟, without the age, which the child has anyway."""
        found = []
        for clause in self.condition.split("，"):
            bare = _AGES.sub("", clause)
            bare = re.sub(r"(?:的?(?:发热|高危|急性发热)?(?:儿童|患儿|婴儿|婴幼儿|患者))+|(?:者|时)$", "", bare).strip(
                "，,、 的因"
            )
            found += [bare] if 3 <= len(bare) <= 26 else []
        return tuple(found)


def read_recommendations(passages: Sequence[Passage]) -> Iterator[Recommendation]:
    """Recommendations in order of reading, each with its grade and reasons."""
    rows = sorted(passages, key=lambda passage: passage.position)
    for index, passage in enumerate(rows):
        if passage.kind is PassageKind.RECOMMENDATION:
            following = []
            for other in rows[index + 1 : index + 4]:
                if (
                    other.kind is PassageKind.RECOMMENDATION
                    or other.address.heading_path != passage.address.heading_path
                ):
                    break
                following.append(other)
            yield _read(passage, following)


def _read(passage: Passage, following: Sequence[Passage]) -> Recommendation:
    number = _NUMBER.match(passage.text)
    start = number.end() if number else 0
    lines = [Line(passage, start, len(passage.text.rstrip()))]
    lines += [Line(other, 0, len(other.text.rstrip())) for other in following[:1] if _GRADE_ALONE.match(other.text)]
    reasons = [
        Line(other, match.end(), len(other.text.rstrip()))
        for other in following
        if (match := _REASON.match(other.text))
    ]
    body = re.split(r"[（(](?=证据|推荐|\d[A-D]|[A-D][）)])", lines[0].text)[0].rstrip("。 ")
    condition, action, against = _taken_apart(body)
    purpose = _PURPOSE.match(body)
    return Recommendation(tuple(lines), condition, action, purpose["what"] if purpose else "", against, tuple(reasons))


def _taken_apart(body: str) -> tuple[str, str, bool]:
    match = _MODAL.search(body)
    if match is None:
        return "", "", False
    condition = re.sub(r"^(?:对于|对|在)(?=.)", "", body[: match.start()]).rstrip("，,也 ")
    rest = body[match.end() :]
    action = _ACTION_END.split(rest, maxsplit=1)[0].strip("：: ")
    is_against = bool(re.match(r"不|避免|禁|无需", match.group()))
    if not 2 <= len(action) <= _LONGEST_ACTION or len(condition) > 48 or "应" in action:
        return condition, "", is_against
    return condition, action, is_against


def guideline_topic(passages: Sequence[Passage], title: str) -> str:
    """What the guideline is about, from its outermost heading or its title: 急性发热 of 儿童急性发热门急诊处理指南."""
    headings = [passage.address.heading_path[0] for passage in passages if passage.address.heading_path]
    for text in (*headings[:1], title):
        bare = re.sub(r"[（(].*?[）)]", "", text).strip("《》 ")
        name = _TITLE_TAIL.sub("", bare)
        name = re.sub(r"^(?:中国|我国)?(?:儿童|小儿|婴幼儿)(?=.{2})", "", name)
        if name and name != bare:
            return name
    return re.sub(r"[（(].*?[）)]", "", title).strip() or title
