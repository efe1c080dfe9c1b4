"""The child of a case: sex, age and weight, invented only inside what the source and growth allow."""

from __future__ import annotations

import re
from typing import Literal

from pedcorpus.generate.choice import fraction

__all__ = ["sex_for"]

# Organs and inheritance that tie a disease to one sex: there the sex is left unsaid.
_BOUND_TO_SEX = re.compile(
    r"睾|阴囊|鞘膜|包皮|包茎|尿道下裂|阴唇|阴道|卵巢|月经|乳房|子宫|前列腺|腹股沟|血友病|蚕豆病|G6PD|葡萄糖-6|Duchenne|肌营养不良|Turner|Klinefelter|妇女|孕"
    r"|testic|testis|scrot|prepuc|phimosis|hypospad|vagin|vulv|ovar|menst|uter|prostat|seminal|penis|penile|breast|"
    r"h(?:a)?emophilia|X-linked|duchenne|epididym|cervi(?:cal ca|citis)|endometri|pregnan",
    re.I,
)


def sex_for(*about: str, key: tuple[object, ...]) -> Literal["male", "female"] | None:
    """A sex decided by `key`; none where what the case is `about` belongs to one sex."""
    if any(_BOUND_TO_SEX.search(text) for text in about):
        return None
    return "male" if fraction("sex", *key) < 0.5 else "female"
