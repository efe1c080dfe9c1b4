"""How a drug is given: 口服, 静脉滴注, by mouth, IM; each as one of a few routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pedcorpus.facts.lookup import matches_from

__all__ = ["Route", "find_routes", "is_same_route"]

_WORDS = {
    "im": r"肌内注射|肌肉注射|肌注|intramuscular(?:ly)?|\bim\b",
    "sc": r"皮下(?:注射|给药|输注)|subcutaneous(?:ly)?|\bsc\b",
    "id": r"皮内注射|intradermal(?:ly)?",
    "it": r"鞘内注射|鞘注|intrathecal(?:ly)?",
    "et": r"气管(?:内|插管内)(?:给药|滴入|注入)|endotracheal(?:ly)?",
    "io": r"骨髓腔(?:内)?(?:注射|输注|给药|通路)|骨内(?:注射|输液)|intraosseous(?:ly)?",
    "iv_drip": r"静脉(?:内)?(?:缓慢)?(?:滴注|点滴|输注|输液|泵入|持续输注)|静滴|静脉泵|滴注|输注|点滴|(?:slow )?(?:intravenous|iv) (?:infusion|drip)",
    "iv_push": r"静脉(?:内)?(?:缓慢|快速)?(?:注射|推注)|(?:缓慢|快速)?静脉缓?注射|静注|静推|推注|(?:intravenous|iv) (?:injection|push|bolus)",
    "iv": r"静脉(?:给药|用药|途径|使用)?|intravenous(?:ly)?|\bi\.?v\.?\b|\binfus(?:ed?|ion)\b",
    "pr": r"直肠(?:给药|注入|灌注)|(?:保留)?灌肠|经直肠|纳肛|塞肛|rectal(?:ly)?|by rectum|\bpr\b",
    "inhaled": r"雾化(?:吸入)?|吸入(?!性)|nebuli[sz]\w*|inhal(?:ed|ation|er|e)\b",
    "nasal": r"滴鼻|鼻喷|鼻内(?:给药)?|鼻腔(?:给药|喷)|intranasal(?:ly)?|nasal spray",
    "ocular": r"滴眼|eye drops?",
    "buccal": r"颊黏膜(?:给药)?|口腔黏膜给药|buccal(?:ly)?",
    "sublingual": r"舌下(?:含服|含化|给药)|sublingual(?:ly)?",
    "topical": r"外用|外涂|涂抹|涂擦|局部(?:涂|外用)|topical(?:ly)?|applied to the skin",
    "tube": r"鼻饲|胃管(?:注入|给药)|nasogastric(?: tube)?",
    "oral": r"口服(?!补液)|顿服|服用|吞服|冲服|嚼服|内服|喂服|经口(?:给药|服)?|\boral(?:ly)?\b(?! rehydration)|by mouth|\bp\.?o\.?\b",
    "injected": r"注射(?!剂|用|部位|器|液)|inject(?:ed|ion)\b",
}
_PATTERN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()))
_STARTS = re.compile("[肌皮鞘骨气静滴输点缓快推直保灌经纳塞雾吸鼻眼颊口舌外涂局胃顿服吞冲嚼内喂注" + "ibensoratp]")
_WIDER = {"iv": {"iv_drip", "iv_push"}, "injected": {"im", "sc", "id", "it", "iv", "iv_push"}}


class Route(NamedTuple):
    """One route at `start:end` of the plain text."""

    start: int
    end: int
    name: str


def find_routes(text: str) -> Iterator[Route]:
    """Every route that a plain text names, in order."""
    for match in matches_from(_STARTS, _PATTERN, text):
        yield Route(match.start(), match.end(), match.lastgroup or "")


def is_same_route(said: str, sourced: str) -> bool:
    """Does the source's route bear out what was said? A wider word is borne out by a narrower one."""
    return said == sourced or sourced in _WIDER.get(said, ())
