"""Which words are the name of a medicine: endings of generic names, and common names without such an ending."""

from __future__ import annotations

import re

__all__ = ["is_drug", "trim_to_drug"]

_ENDINGS = re.compile(
    r"(?:霉素|环素|西林|培南|头孢[\u4e00-\u9fff]{1,3}|沙星|硝唑|康唑|韦|米韦|巴比妥|西泮|唑仑|拉唑|替丁|洛芬|氨基酚|奈德|米松|尼松|尼松龙|泼尼龙|可的松|松龙|的松"
    r"|特罗|他林|丁胺醇|茶碱|溴铵|司特|他定|嗪|普利|沙坦|洛尔|地平|呋塞米|噻嗪|内酯|肾上腺素|多巴胺|巴酚丁胺|阿托品|利多卡因|卡因|吗啡|芬太尼|氯胺酮|丙泊酚"
    r"|丙戊酸钠?|卡马西平|乙拉西坦|托吡酯|苯妥英钠?|水合氯醛|司琼|多潘立酮|甘露醇|盐水|口服补液盐|补液盐|葡萄糖(?:溶液|酸钙)?|氯化[钾钠钙]|碳酸氢钠|硫酸镁|硫酸锌|葡萄糖酸锌"
    r"|球蛋白|白蛋白|胰岛素|生长激素|甲状腺素钠?|肝素钠?|铁剂?|锌|钙剂?|维生素[A-Z]\d{0,2}|叶酸|富马酸亚铁|硫酸亚铁|胆酸|磷酰胺|蝶呤|长春新碱|门冬酰胺酶|环孢素"
    r"|他克莫司|利妥昔单抗|[单]抗|阿司匹林|布洛芬|双嘧达莫|聚乙二醇|乳果糖|蒙脱石散?|益生菌|混悬液|溶液|西地那非|肝素|咖啡因|表面活性物质|氨溴索|乙酰半胱氨酸|复方新诺明"
    r"|异烟肼|利福平|吡嗪酰胺|乙胺丁醇|青霉素[A-Z]?|氨曲南|磺胺[\u4e00-\u9fff]{2,4}|阿苯达唑|甲苯咪唑|伊维菌素|碘化钾|地高辛|米力农|胺碘酮|腺苷|前列腺素E\d?)$"
)
_ENGLISH = re.compile(
    r"^(?:[a-z-]+(?:cillin|mycin|micin|floxacin|azole|vir|barbital|azepam|azolam|profen|tidine|prazole|sone|solone|olone|onide|terol|phylline"
    r"|tadine|rizine|pril|sartan|olol|pine|semide|ephrine|caine|morphine|fentanyl|amine|aproate|etam|toin|setron|cyclin[e]?|sulfa[a-z]*)"
    r"|cef[a-z]+|paracetamol|acetaminophen|aspirin|mannitol|heparin|insulin|zinc|iron|dexamethasone|epinephrine|adrenaline)$",
    re.I,
)
_STRENGTH = r"(?:\d+(?:\.\d+)?\s*%\s*|1\s*[∶:]\s*\d+\s*)?"
# What may stand between the beginning of a clause and the name that a dose belongs to.
_BEFORE = re.compile(
    r".*(?:首选|可选用|也可选用|选用|可用|也可用|给予|可给|应用|使用|改用|加用|联用|联合|合用|注射|静注|肌注|滴注|输注|吸入|口服(?!补液盐)|鼻饲|立即|予以?|[用给服以为或及和与、])\s*"
)
_AFTER = re.compile(r"(?:的?(?:剂量|用量)[为是]?|负荷量|首剂|初始|起始|每次|每日|每天|一次|一日|按|为|约|[：:]|\s)+$")


def is_drug(name: str) -> bool:
    """Does `name`, with or without a strength before it, end like the name of a medicine?"""
    bare = re.sub(rf"^{_STRENGTH}", "", name.strip())
    return 2 <= len(bare) <= 24 and bool(_ENDINGS.search(bare) or _ENGLISH.match(bare))


def trim_to_drug(text: str) -> str:
    """The medicine's name that `text` (a clause up to a dose) ends with; empty if it ends with none."""
    left = _AFTER.sub("", text).strip()
    if re.search(r"[A-Za-z]$", left) and not re.search(r"[\u4e00-\u9fff]", left):
        last = left.split()[-1]
        return last if is_drug(last) else ""
    if left.endswith("口服补液盐"):
        return "口服补液盐"
    for candidate in (left, _BEFORE.sub("", left)):
        match = re.search(rf"({_STRENGTH}[\u4e00-\u9fffA-Za-z0-9α-ω·-]{{2,12}})$", candidate)
        if match and match.group(1) == candidate.strip() and is_drug(candidate) and not _BEFORE.match(candidate):
            return candidate.strip()
    return ""
