"""What can be asked of a disease's section, each with the stretch of text that answers it.

A unit is one question's worth: the whole of an aspect if it is short, one labelled item of it, a list, or the
sentences that tell one fact. Nothing is put into words here; see `phrasing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pedcorpus.generate.aspects import aspect_of
from pedcorpus.generate.differentials import name_to_tell_from, rivals
from pedcorpus.generate.diseases import Entry
from pedcorpus.generate.doses import find_doses
from pedcorpus.generate.facts import condition_of, find_fact, speaks_of_another, subtype_of
from pedcorpus.generate.groups import Group, Line, group_entries, is_focus
from pedcorpus.generate.phrasing import can_ask
from pedcorpus.generate.sentences import Sentence, opens_dangling, points_elsewhere, split_spans
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["Unit", "section_units"]

_SHORTEST_ANSWER = 8
_BULLETS = "●○■□◆◇▪•★※"
_SECTION_KEYS = {
    "论治要点": "treatment_principle",
    "治疗要点": "treatment_principle",
    "治疗原则": "treatment_principle",
    "临证权变": "variation",
    "随访": "follow_up",
    "并发症处理": "complication",
    "重症识别": "severity",
    "分度": "severity",
    "病情评估": "severity",
    "分型": "subtypes",
    "分期": "subtypes",
    "护理与随访": "care",
}
_MEANS = re.compile(
    r"(?:治疗|疗法|处理|护理|止惊|降温|退热|补液|支持|措施|用药|手术|隔离|管理|监测|急救|吸氧|镇静|抗感染|调理|教育)$"
)
_BASE_KEYS = {"treatment_variation": "treatment_change"}
_PATTERN_LABELS = frozenset(
    {"证候", "证状", "症状", "主症", "主证", "临床表现", "治法", "治则", "方例", "方药", "处方", "方剂", "代表方"}
)
_TYPE = re.compile(r"(?:型|性|度|证|热性惊厥|持续状态)$|^[轻中重]")
_STAGE = re.compile(r"期$")


@dataclass(frozen=True)
class Unit:
    """One question's worth of text."""

    disease: str
    key: str
    """Names the phrasings, as `onset_age`."""
    aspect: Aspect
    focus: str
    lines: tuple[Line, ...]
    asked: str = ""
    """What stands for the disease in the question, where that is not its own name."""

    @property
    def size(self) -> int:
        return sum(len(line.text) + 1 for line in self.lines)


def section_units(entries: Sequence[Entry], *, language: str, max_chars: int) -> list[Unit]:
    """All units of a document's entries.

    Units that would ask the same are joined if they stay short (half of `max_chars`); else the first one stays.
    """
    found: dict[tuple[str, str, str], Unit] = {}
    for group in group_entries(entries):
        for unit in map(_named, _group_units(group, language=language, max_chars=max_chars)):
            if not (_SHORTEST_ANSWER <= unit.size <= max_chars and can_ask(unit.key, language=language)):
                continue
            name = (unit.asked or unit.disease, unit.key, unit.focus)
            earlier = found.get(name)
            found[name] = unit if earlier is None else _joined(earlier, unit, max_chars)
    return _without_repeats(list(found.values()))


def _named(unit: Unit) -> Unit:
    """A focus that names the disease itself (感冒挟痰 of 感冒) is asked about as if it were the disease."""
    if not unit.focus or unit.disease not in unit.focus:
        return unit
    return replace(unit, asked=unit.focus, focus="", key=_BASE_KEYS.get(unit.key, unit.aspect))


def _joined(first: Unit, second: Unit, max_chars: int) -> Unit:
    lines = tuple(line for line in second.lines if not any(line.text in known.text for known in first.lines))
    joined = replace(first, lines=first.lines + lines)
    return joined if joined.size <= max_chars // 2 else first


def _without_repeats(units: Sequence[Unit]) -> list[Unit]:
    """Where two units of a disease have the same answer, the one with the narrower question stays."""
    kept: dict[tuple[str, str], Unit] = {}
    for unit in units:
        answer = (unit.disease, "\n".join(line.text for line in unit.lines))
        known = kept.get(answer)
        if known is None or (known.key == known.aspect and unit.key != unit.aspect):
            kept[answer] = unit
    return list(kept.values())


def _group_units(group: Group, *, language: str, max_chars: int) -> Iterator[Unit]:
    by_pattern = [e for e in group.entries if e.block.label and e.block.label.text in _PATTERN_LABELS]
    if by_pattern and group.is_unnamed_part:
        return
    if by_pattern:
        yield from _syndrome_units(group, by_pattern)
        return
    titled = [e for e in group.entries if e.block.label and aspect_of(e.block.label.text)]
    for entry in titled:
        if entry.aspect and (lines := _paragraph_lines([entry], language=language, max_chars=max_chars)):
            name = entry.block.label.text if entry.block.label else ""
            yield Unit(group.disease, _key(entry.aspect, group.focus, name), entry.aspect, group.focus, tuple(lines))
    rest = replace(group, entries=tuple(entry for entry in group.entries if entry not in titled))
    if group.aspect is not None and not group.is_unnamed_part:
        yield from _aspect_units(rest, group.aspect, language=language, max_chars=max_chars)
    for rival in rivals([group]):
        yield Unit(group.disease, "differential_focus", "differential", rival.name, (rival.line,))
    yield from _fact_units(rest, language=language)


def _key(aspect: Aspect, focus: str, section: str) -> str:
    if not focus:
        return _SECTION_KEYS.get(section, aspect)
    if aspect == "treatment" and _MEANS.search(focus):
        return "treatment_means"
    if aspect in {"treatment", "manifestation"} and _STAGE.search(focus):
        return f"{aspect}_stage"
    if aspect == "manifestation" and not _TYPE.search(focus):
        return "manifestation_sign"
    return f"{aspect}_focus"


def _whole(entry: Entry, *, with_marker: bool = False) -> Line:
    text = entry.block.passage.text
    keeps = with_marker and text.lstrip()[:1] not in _BULLETS
    start = len(text) - len(text.lstrip()) if keeps else entry.block.start
    return Line(entry.block.passage, start, len(text.rstrip()))


def _sound(lines: Sequence[Line]) -> bool:
    if not lines or opens_dangling(lines[0].text):
        return False
    return not any(points_elsewhere(line.text) or line.text.endswith(("，", "、")) for line in lines)


def _syndrome_units(group: Group, labelled: Sequence[Entry]) -> Iterator[Unit]:
    """证候, 治法 and 方例 under one pattern: what it looks like, how it is treated, how the formula is varied."""
    signs = [e for e in labelled if e.aspect == "manifestation"]
    means = _first_of_each([e for e in labelled if e.aspect == "treatment"])
    if signs and _sound(lines := [_whole(entry) for entry in signs[:1]]):
        key = "manifestation_stage" if _STAGE.search(group.focus) else "manifestation_syndrome"
        yield Unit(group.disease, key if group.focus else "manifestation", "manifestation", group.focus, tuple(lines))
    if means and _sound(lines := [_whole(entry, with_marker=True) for entry in means[:3]]):
        stage = "treatment_stage" if _STAGE.search(group.focus) else "treatment_syndrome"
        yield Unit(group.disease, stage if group.focus else "treatment", "treatment", group.focus, tuple(lines))
    varied = [e for e in group.entries if e.block.label is None and re.match(r"[若如兼](?!上)", e.block.text)]
    if group.focus and _sound(lines := [_whole(entry) for entry in varied]):
        yield Unit(group.disease, "treatment_variation", "treatment", group.focus, tuple(lines))


def _first_of_each(entries: Sequence[Entry]) -> list[Entry]:
    """治法 and 方例 of the first way of treating; a second 治法 belongs to a case that its own text describes."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        name = entry.block.label.text if entry.block.label else ""
        if name in kept:
            break
        kept[name] = entry
    return list(kept.values())


def _aspect_units(group: Group, aspect: Aspect, *, language: str, max_chars: int) -> Iterator[Unit]:
    plain = [e for e in group.entries if e.block.item_level is None]
    items = [e for e in group.entries if e.block.item_level is not None and e.block.label is None]
    labelled = [e for e in group.entries if e.block.item_level is not None and e.block.label is not None]
    key = _key(aspect, group.focus, group.section)

    def unit(lines: Sequence[Line]) -> Unit:
        return Unit(group.disease, key, aspect, group.focus, tuple(lines))

    lines = _rival_lines(group) or _list_lines(plain, [*items, *labelled])
    if not lines or sum(len(line.text) + 1 for line in lines) > max_chars:
        lines = _paragraph_lines(_in_order([*plain, *items]), language=language, max_chars=max_chars)
    if lines:
        yield unit(lines)
    for entry in labelled:
        name = entry.block.label.text if entry.block.label else ""
        if not name or not is_focus(name) or name == group.disease:
            continue
        if lines := _paragraph_lines([entry], language=language, max_chars=max_chars):
            name = name_to_tell_from(name) if aspect == "differential" else name
            yield Unit(group.disease, _key(aspect, name, ""), aspect, name, tuple(lines))


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.block.passage.position)


def _rival_lines(group: Group) -> list[Line]:
    """Differentials that stand in one paragraph, as a list: one 与……鉴别：…… a line."""
    found = [rival for rival in rivals([group]) if rival.heading is None]
    lines = []
    for rival in found:
        text = rival.line.passage.text
        start = max(text.rfind(mark, 0, text.rfind(rival.name, 0, rival.line.start)) for mark in "。；】") + 1
        lines.append(Line(rival.line.passage, start, rival.line.end).trimmed(keep_stop=True))
    return lines if len(lines) >= 2 else []


def _list_lines(plain: Sequence[Entry], items: Sequence[Entry]) -> list[Line]:
    """A whole list with the line that leads it in; empty where there is none or an item points elsewhere."""
    if len(items) < 2:
        return []
    items = _in_order(items)
    lead = [e for e in plain if e.block.text.endswith(("：", ":")) and len(e.block.text) <= 60][:1]
    lines = [*(_whole(entry) for entry in lead), *(_whole(entry, with_marker=True) for entry in items)]
    return lines if _sound([_whole(items[0])]) and not any(points_elsewhere(line.text) for line in lines) else []


def _paragraph_lines(entries: Sequence[Entry], *, language: str, max_chars: int) -> list[Line]:
    """Paragraphs from the first on, as whole as fits; of a long first one, its opening sentences."""
    lines: list[Line] = []
    for entry in entries:
        text = entry.block.passage.text
        spans = _leading_sound(split_spans(text, entry.block.start, language=language))
        room = max_chars - sum(len(line.text) + 1 for line in lines)
        while spans and spans[-1].end - spans[0].start >= room:
            spans.pop()
        if not spans:
            break
        lines.append(Line(entry.block.passage, spans[0].start, spans[-1].end))
        if spans[-1].end < len(text.rstrip()):
            break
    return lines


def _leading_sound(spans: Sequence[Sentence]) -> list[Sentence]:
    """Sentences up to the first that points elsewhere; none if the first cannot open an answer."""
    kept: list[Sentence] = []
    for span in spans:
        if points_elsewhere(span.text) or (not kept and opens_dangling(span.text)) or span.text.endswith(("：", ":")):
            break
        kept.append(span)
    return kept


def _fact_units(group: Group, *, language: str) -> Iterator[Unit]:
    """One unit for each run of sentences that tell the same fact."""
    if group.focus:
        return
    for entry in group.entries:
        if entry.block.label is not None:
            continue
        passage = entry.block.passage
        run: Unit | None = None
        for index, span in enumerate(split_spans(passage.text, entry.block.start, language=language)):
            told = _told(span, group, is_first=index == 0 and group.entries[0] is entry, language=language)
            if run and told and (run.key, run.focus) == (told[0], told[2]):
                last = run.lines[-1]
                run = replace(run, lines=(Line(passage, last.start, span.end),))
                continue
            if run:
                yield run
            dangling = opens_dangling(span.text) or points_elsewhere(span.text) or span.text.endswith(("：", ":"))
            run = None
            if told and not dangling:
                key, aspect, focus = told
                run = Unit(group.disease, key, aspect, focus, (Line(passage, span.start, span.end),))
        if run:
            yield run


def _told(span: Sentence, group: Group, *, is_first: bool, language: str) -> tuple[str, Aspect, str] | None:
    if is_first and group.aspect in {None, "definition"} and _defines(span.text, group.disease, language):
        return "definition", "definition", ""
    if speaks_of_another(span.text, group.disease):
        return None
    if group.aspect in {None, "manifestation", "diagnosis"} and (name := subtype_of(span.text)):
        return "manifestation_focus", "manifestation", name
    if group.aspect == "treatment" and language == "zh":
        if condition := condition_of(span.text):
            return "treatment_condition", "treatment", condition
        if dose := next(find_doses(span.text), None):
            return "dose", "treatment", dose.name
    fact = find_fact(span.text, group.aspect, language=language)
    return (fact.key, fact.aspect, "") if fact else None


def _defines(sentence: str, disease: str, language: str) -> bool:
    if language == "en":
        return bool(
            re.match(rf"(?:An?\s+|The\s+)?{re.escape(disease)}\b.{{0,40}}\b(?:is|are|refers to)\b", sentence, re.I)
        )
    return bool(re.match(rf"(?:小儿|儿童)?{re.escape(disease)}.{{0,24}}?(?:是|系|为|指|即)", sentence))
