"""EviDiag from a section: a case in the source's own findings, its diagnosis, its support, its differentials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pedcorpus.generate.ages import AgeRange, onset_range
from pedcorpus.generate.aspects import aspect_of
from pedcorpus.generate.choice import fraction, ranked
from pedcorpus.generate.differentials import rivals
from pedcorpus.generate.evidence import EvidenceList
from pedcorpus.generate.facts import subtype_of
from pedcorpus.generate.findings import Finding, find_findings
from pedcorpus.generate.groups import Group, Line
from pedcorpus.generate.outline import Heading
from pedcorpus.generate.phrasing import phrase
from pedcorpus.generate.scenes import age_within, sex_for
from pedcorpus.generate.section_draft import SectionDraft
from pedcorpus.generate.sentences import split_spans
from pedcorpus.records import Patient
from pedcorpus.tasks.evidiag import Differential, EviDiag, Support, care_advice
from pedcorpus.tasks.scene import age_text

__all__ = ["Onset", "case_drafts", "onset_of", "pictures_of"]

_FEWEST_FINDINGS = 3
_MOST_FINDINGS = 7
_MOST_DIFFERENTIALS = 3
_GRADES = frozenset({"分度", "分型", "分期", "重症识别", "病情评估"})
_LONGEST_DISTINCTION = 40
_TONGUE_AND_PULSE = re.compile(r"唇?舌|苔|脉|指纹")


@dataclass(frozen=True)
class Onset:
    """The age at which a disease is common, and the clause that says so."""

    ages: AgeRange
    line: Line


@dataclass(frozen=True)
class Picture:
    """One clinical picture: of the disease, or of one of its types or patterns."""

    disease: str
    subtype: str
    heading: Heading | None
    """Where the subtype's name stands."""
    is_syndrome: bool
    findings: tuple[Finding, ...]


def onset_of(groups: Sequence[Group]) -> Onset | None:
    """The first statement of a usual age in the sections before the treatment."""
    for group in groups:
        if (
            group.aspect not in {None, "definition", "epidemiology", "cause", "manifestation", "diagnosis"}
            or group.focus
        ):
            continue
        for entry in group.entries:
            text = entry.block.passage.text
            for sentence in split_spans(text, entry.block.start, language="zh"):
                start = sentence.start
                for clause in sentence.text.split("，"):
                    end = start + len(clause)
                    if ages := onset_range(clause):
                        return Onset(ages, Line(entry.block.passage, start, end).trimmed())
                    start = end + 1
    return None


def pictures_of(groups: Sequence[Group], seed: int) -> list[Picture]:
    """The clinical pictures of one disease, syndromes first if it has any."""
    found: list[Picture] = []
    general: list[Finding] = []
    for group in groups:
        for entry in group.entries:
            block = entry.block
            line = Line(block.passage, block.start, len(block.passage.text.rstrip()))
            labelled = block.label is not None and aspect_of(block.label.text) == "manifestation"
            if group.is_unnamed_part:
                continue
            if labelled and group.aspect in {"treatment", "manifestation", None}:
                findings = find_findings(line, group.disease, seed, group.disease, group.focus)
                found.append(Picture(group.disease, group.focus, group.focus_heading, True, tuple(findings)))
            elif entry.aspect == "manifestation" and not group.focus and group.section not in _GRADES:
                for name, parts in groupby(_by_subtype(line), key=lambda part: part[1]):
                    findings = [
                        finding
                        for part, _ in parts
                        for finding in find_findings(part, group.disease, seed, group.disease, name)
                    ]
                    if name:
                        heading = Heading(name, block.passage, block.passage.text.find(name))
                        found.append(Picture(group.disease, name, heading, False, tuple(_distinct(findings))))
                    else:
                        general += findings
    if general:
        found.append(Picture(groups[0].disease, "", None, False, tuple(_distinct(general))))
    return [picture for picture in found if _tells_enough(picture.findings)]


def _tells_enough(findings: Sequence[Finding]) -> bool:
    """Enough findings, of which at least two are not tongue, pulse or finger vein."""
    plain = [finding for finding in findings if not _TONGUE_AND_PULSE.match(finding.text)]
    return len(findings) >= _FEWEST_FINDINGS and len(plain) >= 2


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    return list({finding.text: finding for finding in findings}.values())


def _by_subtype(line: Line) -> Iterator[tuple[Line, str]]:
    """Sentences of `line` with the type they describe: from the one that names it on; empty before any is named."""
    name = ""
    for sentence in split_spans(line.passage.text[: line.end], line.start, language="zh"):
        name = subtype_of(sentence.text) or name
        yield Line(line.passage, sentence.start, sentence.end), name


def case_drafts(draft: SectionDraft, groups: Sequence[Group]) -> Iterator[EviDiag]:
    """Cases of one disease: of each picture as many as the settings say, from differing findings."""
    pictures = pictures_of(groups, draft.settings.seed)
    common = Counter(finding.text for picture in pictures for finding in picture.findings)
    onset = onset_of(groups)
    for picture in pictures:
        told: set[tuple[str, ...]] = set()
        for number in range(draft.settings.cases_per_disease):
            chosen = _choose(picture, common, draft.settings.seed, number)
            names = tuple(finding.text for finding in chosen)
            if _tells_enough(chosen) and names not in told:
                told.add(names)
                yield _case(draft, groups, pictures, replace(picture, findings=chosen), onset, number)


def _choose(picture: Picture, common: Counter[str], seed: int, number: int) -> tuple[Finding, ...]:
    """Findings of one case in the source's order: those that few other pictures share are always among them."""
    count = (
        _MOST_FINDINGS if number == 0 else max(_FEWEST_FINDINGS, min(_MOST_FINDINGS, len(picture.findings)) - number)
    )
    key = (seed, picture.disease, picture.subtype, number)
    order = ranked(range(len(picture.findings)), *key)
    order.sort(key=lambda index: common[picture.findings[index].text])
    return tuple(picture.findings[index] for index in sorted(order[:count]))


def _case(
    draft: SectionDraft,
    groups: Sequence[Group],
    pictures: Sequence[Picture],
    picture: Picture,
    onset: Onset | None,
    number: int,
) -> EviDiag:
    evidence = EvidenceList()
    key = (draft.settings.seed, picture.disease, picture.subtype, number)
    supports = [
        Support(finding=finding.text, criterion=finding.criterion, evidence=draft.cite(evidence, finding.line))
        for finding in picture.findings
    ]
    age = age_within(onset.ages, *key) if onset and fraction("told age", *key) < 0.85 else None
    if onset and age is not None:
        index = draft.cite(evidence, onset.line)
        supports.insert(0, Support(finding=age_text(age, language="zh"), criterion=onset.line.text, evidence=index))
    indices = [support.evidence for support in supports]
    if picture.subtype:
        draft.cite_name(evidence, picture.subtype, picture.heading, indices)
    differentials = _rivals_of(draft, groups, evidence) or _other_pictures(draft, pictures, picture, evidence)
    asked = phrase(
        "case_syndrome" if picture.subtype and picture.is_syndrome else "case_subtype" if picture.subtype else "case",
        1,
        language=draft.language,
        seed=draft.settings.seed,
        d=picture.disease,
        f=picture.subtype,
        n=str(number),
    )[0]
    return EviDiag(
        task="evidiag",
        topic=picture.disease,
        asker=asked.asker,
        question=asked.text,
        patient=Patient(age_months=age, sex=sex_for(picture.disease, *(f.text for f in picture.findings), key=key)),
        findings=tuple(finding.text for finding in picture.findings),
        diagnosis=picture.disease,
        subtype=picture.subtype,
        supporting_evidence=tuple(supports),
        differentials=differentials,
        advice=care_advice(asked.asker, language=draft.language),
        evidence=evidence.rows,
        **draft.shared,
    )


def _rivals_of(draft: SectionDraft, groups: Sequence[Group], evidence: EvidenceList) -> tuple[Differential, ...]:
    differentials = []
    for rival in list(rivals(groups))[:_MOST_DIFFERENTIALS]:
        index = draft.cite(evidence, rival.line)
        also = draft.cite_name(evidence, rival.name, rival.heading, [index])
        differentials.append(Differential(disease=rival.name, distinction=rival.line.text, evidence=index, also=also))
    return tuple(differentials)


def _other_pictures(
    draft: SectionDraft, pictures: Sequence[Picture], picture: Picture, evidence: EvidenceList
) -> tuple[Differential, ...]:
    """The other types of the same disease, each with a clause that this case does not have."""
    own = {finding.text for finding in picture.findings}
    differentials = []
    for other in pictures:
        if not other.subtype or other.subtype == picture.subtype or not picture.subtype:
            continue
        apart = next((finding for finding in other.findings if finding.text not in own), None)
        if apart is not None:
            line = _widened(apart.line)
            index = draft.cite(evidence, line)
            also = draft.cite_name(evidence, other.subtype, other.heading, [index])
            differentials.append(Differential(disease=other.subtype, distinction=line.text, evidence=index, also=also))
    return tuple(differentials[:_MOST_DIFFERENTIALS])


def _widened(line: Line) -> Line:
    """The clause with those after it in its sentence, as far as they are short."""
    text, end = line.passage.text, line.end
    for match in re.finditer(r"[，；、。]|$", text[end:]):
        if line.end + match.start() - line.start > _LONGEST_DISTINCTION:
            break
        end = line.end + match.start()
        if match.group() in {"。", ""}:
            break
    return Line(line.passage, line.start, end)
