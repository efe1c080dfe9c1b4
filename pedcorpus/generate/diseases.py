"""Which heading names the disease, and what a block says of it: aspect and focus.

The disease is the last heading before the first one that names an aspect: in `第七章 神经系统疾病 › 第二节 热性惊厥 ›
临床表现` it is 热性惊厥. Headings below an aspect that are not aspects themselves are its focus: 元气虚弱, 单纯型.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pedcorpus.generate.aspects import aspect_of, is_left_out, is_structural
from pedcorpus.generate.outline import Block, Heading
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["Entry", "is_disease_name", "read_entries"]

_SUFFIX = re.compile(
    r"(?:病|症|炎|疹|痘|热|惊厥|哮喘|综合征|贫血|出血|缺乏|不足|肥胖|中毒|腹泻|便秘|黄疸|癫痫|感染|感冒|咳嗽|肿瘤|瘤|癌|疝|畸形|套叠"
    r"|反流|衰竭|休克|紫癜|水肿|窒息|休止|脱水|遗尿|抽动|障碍|尿崩|窄|闭锁|缺损|痢疾|咳|疳|惊风|泄泻|呕吐|积滞|异物"
    r"|disease|syndrome|itis|fever|asthma|seizures?|epilepsy|an[a]?emia|infection|pox|measles|diarrh?oea|croup|pertussis)$",
    re.I,
)
_SUBTYPE = re.compile(r"(?:型|期|证|度|级|组|阶段|者)$|^(?:[轻中重][度型症]|急性期|慢性期|恢复期|type\s)", re.I)
_BARRED = re.compile(r"[。，；！？、]|与.*的|^(?:如何|怎样|为什么)|[?？]$")
_CLINICAL = {"cause", "mechanism", "manifestation", "diagnosis", "treatment", "differential", "examination"}
_NOTE = re.compile(r"\s*(?:附[：:]?.*|[（(][^）)]*[）)])$")
_ATTACHED = re.compile(r"^附[：:]\s*(?P<name>[^。，；：]{2,14})$")
_DEFINITION = "(?:[（(][^）)]*[）)])?[，,]?(?:又称|俗称|又名|亦称|是|为|系|即)"


@dataclass(frozen=True)
class Entry:
    """One block read: the disease it is about, the aspect, and the focus within the aspect."""

    block: Block
    disease: str
    aspect: Aspect | None
    focus: Heading | None
    sections: tuple[str, ...]
    """Headings under the disease, which together tell one part of its section from the others."""


def is_disease_name(name: str) -> bool:
    """Does `name` end as diseases do?"""
    return bool(_SUFFIX.search(name))


def read_entries(blocks: Iterable[Block]) -> list[Entry]:
    """Blocks that stand under a disease, in order; what is left out or names no disease is dropped."""
    rows = [block for block in blocks if not any(is_left_out(heading.text) for heading in _own_headings(block))]
    named = _named_diseases(rows)
    entries = []
    for block in rows:
        name, below = _split(block)
        if name not in named:
            continue
        aspects = [aspect for heading in below if (aspect := aspect_of(heading.text))]
        focuses = [heading for heading in below if aspect_of(heading.text) is None]
        entries.append(
            Entry(
                block=block,
                disease=name,
                aspect=aspects[-1] if aspects else None,
                focus=focuses[-1] if focuses else None,
                sections=tuple(heading.text for heading in below),
            )
        )
    return entries


def _own_headings(block: Block) -> tuple[Heading, ...]:
    """All headings, or for an attached section those inside it: it ends whatever it was appended to."""
    if not block.attached:
        return block.headings
    return tuple(heading for heading in block.headings if heading.passage is not None)


def _split(block: Block) -> tuple[str, tuple[Heading, ...]]:
    """Name of the disease (empty if there is none) and the headings below it."""
    if block.attached:
        return block.attached, _own_headings(block)
    headings = block.headings
    for index in reversed(range(len(headings))):
        if match := _ATTACHED.match(headings[index].text):
            return match["name"].strip(), headings[index + 1 :]
    end = next((i for i, heading in enumerate(headings) if i and _ends_search(heading.text)), len(headings))
    printed = [i for i in range(end) if headings[i].passage is None and not is_structural(_bare(headings[i].text))]
    printed = [i for i in printed if not _ends_search(headings[i].text)]
    strong = [i for i in printed if _SUFFIX.search(_bare(headings[i].text))]
    for index in (strong or printed)[-1:]:
        return _bare(headings[index].text), headings[index + 1 :]
    return "", ()


def _bare(heading: str) -> str:
    return _NOTE.sub("", heading)


def _ends_search(heading: str) -> bool:
    """Diseases are named above the first aspect and the first type or stage."""
    return aspect_of(heading) is not None or bool(_SUBTYPE.search(heading))


def _named_diseases(blocks: Sequence[Block]) -> set[str]:
    """Headings that name a disease: by their ending, by a definition, or by the clinical aspects below them."""
    aspects: dict[str, set[str]] = defaultdict(set)
    defined: set[str] = set()
    for block in blocks:
        name, below = _split(block)
        if not name or len(name) > 40 or (len(name) > 16 and not name.isascii()) or _BARRED.search(name):
            continue
        aspects[name] |= {aspect for heading in below if (aspect := aspect_of(heading.text)) in _CLINICAL}
        if any(_ATTACHED.match(heading.text) for heading in block.headings) or block.attached:
            defined.add(name)
        if not below and re.match(f"(?:小儿|儿童)?{re.escape(name)}{_DEFINITION}", block.text):
            defined.add(name)
    return {name for name, found in aspects.items() if _SUFFIX.search(name) or len(found) >= 2 or name in defined}
