"""Every word of the screens, in Chinese and English, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

__all__ = ["WORDS", "Language", "Words"]

Language = Literal["zh", "en"]

WORDS: Mapping[str, tuple[str, str]] = {
    # keys
    "key.accept": ("通过", "accept"),
    "key.reject": ("退回", "reject"),
    "key.edit": ("修改", "edit"),
    "key.defer": ("稍后", "later"),
    "key.flag": ("转交", "flag"),
    "key.undo": ("撤销", "undo"),
    "key.search": ("查找", "find"),
    "key.page": ("页面", "page"),
    "key.help": ("帮助", "help"),
    "key.quit": ("退出", "quit"),
    "key.diff": ("看改动", "see changes"),
    "key.cancel": ("取消", "cancel"),
    "key.next_field": ("下一栏", "next field"),
    "key.take": ("采用并通过", "take and accept"),
    "key.back": ("回去再改", "back to editing"),
    "key.close": ("关闭", "close"),
    "key.save": ("保存", "save"),
    "key.choose": ("选择", "choose"),
    "key.find": ("查找", "find"),
    # queue
    "queue.waiting": ("待审 {count}", "waiting {count}"),
    "queue.decided": ("本场 {count}", "done {count}"),
    "queue.pace": ("{count}/h", "{count}/h"),
    "queue.deferred": ("稍后", "later"),
    "queue.filter_text": ("含“{text}”", "has “{text}”"),
    "queue.shown": ("{shown}/{all}", "{shown} of {all}"),
    "search.prompt": ("主题或问题中的词，回车查找，空则全部", "words in topic or question; empty shows all"),
    # sheet and source
    "sheet.loading": ("正在打开…", "opening…"),
    "sheet.computed": ("= {text}（按{weight} kg）", "= {text} (for {weight} kg)"),
    "sheet.computed_plain": ("= {text}", "= {text}"),
    "sheet.decided": ("此前 {reviewer}：{verdict} {reason}", "Earlier {reviewer}: {verdict} {reason}"),
    "mark.quoted": ("✓ 引文 {numbers}", "✓ quote {numbers}"),
    "mark.heading": ("✓ 标题 {numbers}", "✓ heading {numbers}"),
    "mark.named": ("引文 {numbers}，字句不同", "quote {numbers}, other words"),
    "mark.missing": ("非引文原句", "not a quote's words"),
    "mark.computed": ("✓ 已复算", "✓ recomputed"),
    "mark.unchecked": ("未复算", "not recomputed yet"),
    "mark.safety": ("· 安全句", "· safety line"),
    "source.title": ("来源", "Source"),
    "source.page": ("p. {page}", "p. {page}"),
    "source.row": ("第 {row} 行", "line {row}"),
    "source.turn": ("第 {turn} 轮", "turn {turn}"),
    "source.quotes": ("引文 {numbers}", "Quote {numbers}"),
    "source.not_found": (
        "引文 {number} 在这段原文中找不到；请核对后修改或退回。所引：",
        "Quote {number} is not in this text; compare, then edit or reject. It reads:",
    ),
    "source.undeclared": ("未声明", "not declared"),
    "key.zoom_in": ("放大", "larger"),
    "key.zoom_out": ("缩小", "smaller"),
    "key.to_box": ("引文处", "the quote"),
    "key.quote": ("换引文", "other quote"),
    "key.close_page": ("收起", "close"),
    "page.no_page": (
        "! 这段引文没有页面：Markdown、图谱、对话等来源不分页。文字如下。",
        "! This quote has no page: Markdown, graphs and dialogues have none. Its text is below.",
    ),
    "page.original_gone": (
        "! 找不到原文件，无法显示页面；请重新导入它所在的文件夹。文字如下。",
        "! The original file is gone, so its page cannot be shown; ingest its folder again. The text is below.",
    ),
    "page.cannot_be_drawn": (
        "! 原文件的这一页画不出来。文字如下。",
        "! This page of the original cannot be drawn. Its text is below.",
    ),
    "page.not_read": (
        "! 页面读取失败；再按两次 p 重试。文字如下。",
        "! The page could not be read; press p twice to try again. Its text is below.",
    ),
    # empty
    "empty.done": ("没有待审的条目了。", "Nothing waits for review."),
    "empty.done_next": ("下一步：按 q 退出，运行", "Next: press q, then run"),
    "empty.export": ("pedcorpus export --version v1", "pedcorpus export --version v1"),
    "empty.more": ("或用 pedcorpus ingest 加入更多来源。", "or add sources with pedcorpus ingest."),
    "empty.filter": ("没有符合筛选的条目。按 Esc 清除筛选。", "Nothing matches the filter. Esc clears it."),
    # status
    "status.reviewer": ("审核员 {name}", "reviewer {name}"),
    "status.saving": ("正在保存…", "saving…"),
    "status.saved": ("已保存 ✓ {what}", "saved ✓ {what}"),
    "status.undone": ("已撤销 ✓", "undone ✓"),
    "status.nothing_to_undo": ("本场没有可撤销的决定", "nothing to undo in this session"),
    "status.not_saved": (
        "! 未保存：{error}。条目还在，再按一次键。",
        "! not saved: {error}. The item is still here; press the key again.",
    ),
    "status.not_read": ("! 读取失败：{error}。按 F5 重试。", "! could not read: {error}. F5 tries again."),
    "status.wait": ("还在保存上一条，稍等", "still saving the last one; wait a moment"),
    "status.moved": ("这一条刚刚变了，请再看一遍", "this item has just changed; look at it again"),
    "status.unchanged": ("没有改动", "nothing was changed"),
    "status.fix_fields": ("还有 {count} 处不合格，请先改正", "{count} fields are not valid yet; correct them first"),
    # verdicts
    "verdict.accept": ("通过", "accepted"),
    "verdict.reject": ("退回", "rejected"),
    "verdict.edit": ("修改", "edited"),
    "verdict.defer": ("稍后", "put off"),
    "verdict.flag": ("转交", "flagged"),
    # reject, flag, edit
    "reject.title": ("为什么退回？按数字即定", "Why is it rejected? A number decides"),
    "flag.title": ("转交：写明请谁看什么", "Flag: say who should look at what"),
    "flag.prompt": ("如：请心内科核对剂量", "for instance: cardiology, please check the dose"),
    "flag.empty": ("写一句再保存", "write a line first"),
    "edit.new": ("新增（留空则不加）", "one more (leave empty for none)"),
    "edit.required": ("清空即删去这一项", "empty it to take this entry away"),
    "edit.none": ("（未填）", "(none)"),
    "diff.title": ("改动", "Changes"),
    "diff.computed": ("随之算得", "Computed from it"),
    "diff.gone": ("整项删去", "entry taken away"),
    "problem.empty": ("不能为空", "may not be empty"),
    "problem.not_a_number": ("“{found}”不是数字", "“{found}” is not a number"),
    "problem.not_a_choice": ("只能是 {expected}", "must be one of {expected}"),
    "problem.too_small": ("{found} 太小，应 {expected}", "{found} is too small, expected {expected}"),
    "problem.too_large": ("{found} 太大，应 {expected}", "{found} is too large, expected {expected}"),
    "problem.schema": ("不合记录格式：{expected}", "the record refuses it: {expected}"),
    # reasons of findings, short enough for the queue's last column
    "reason.semantic_duplicate": ("同义", "same"),
    "reason.quote_not_found": ("无引文", "no quote"),
    "reason.not_in_evidence": ("无依据", "no basis"),
    "reason.number_not_in_evidence": ("数字", "number"),
    "reason.unit_changed": ("单位", "unit"),
    "reason.comparison_turned": ("大小反", "bound"),
    "reason.negation_turned": ("否定反", "negation"),
    "reason.drug_not_in_evidence": ("药名", "drug"),
    "reason.disease_not_in_evidence": ("病名", "disease"),
    "reason.route_changed": ("途径", "route"),
    "reason.frequency_changed": ("频次", "how often"),
    "reason.fact_of_another": ("张冠", "whose"),
    "reason.age_changed": ("年龄", "age"),
    "reason.language_differs": ("语言异", "language"),
    "reason.not_a_safety_line": ("安全句", "safety"),
    "reason.origin_missing": ("无出处", "origin"),
    "reason.identifier_person": ("人名", "name"),
    "reason.identifier_phone": ("电话", "phone"),
    "reason.identifier_id_card": ("证件号", "ID"),
    "reason.identifier_record_number": ("病案号", "record"),
    "reason.identifier_bank_card": ("卡号", "card"),
    "reason.identifier_plate": ("车牌", "plate"),
    "reason.identifier_email": ("邮箱", "e-mail"),
    "reason.identifier_account": ("账号", "account"),
    "reason.identifier_birth_date": ("生日", "birth"),
    "reason.identifier_address": ("住址", "address"),
    "reason.identifier_institution": ("机构", "place"),
    "reason.quote_not_exact": ("引文异", "inexact"),
    "reason.dose_misread": ("剂量", "dose"),
    "reason.computed_wrong": ("算错", "sum"),
    "reason.dose_ceiling_missing": ("剂量", "dose"),
    "reason.empty_message": ("空白", "empty"),
    "reason.evidence_index": ("引文号", "index"),
    "reason.schema": ("格式", "schema"),
    "reason.damaged_number": ("坏数字", "number"),
    "reason.lost_exponent": ("丢指数", "exponent"),
    "reason.misread_character": ("误识", "misread"),
    "reason.running_head": ("混页眉", "head"),
    "reason.low_confidence_number": ("数字疑", "unsure"),
    "reason.low_confidence_text": ("字疑", "unsure"),
    "reason.over_ceiling": ("超量", "ceiling"),
    "reason.tenfold": ("十倍", "tenfold"),
    "reason.tenfold_low": ("过低", "too low"),
    "reason.unit_mismatch": ("单位", "unit"),
    "reason.dose_day_mixed": ("次/日", "per day"),
    "reason.under_age": ("年龄", "age"),
    "reason.contraindicated": ("禁忌", "contra"),
    "reason.weight_implausible": ("体重", "weight"),
    "reason.height_implausible": ("身高", "height"),
    "reason.vital_impossible": ("体征", "sign"),
    "reason.vital_implausible": ("体征", "sign"),
    "reason.vital_range": ("体征", "range"),
    "reason.sex_mismatch": ("性别", "sex"),
    "reason.vaccine_too_early": ("疫苗", "vaccine"),
    "reason.vaccine_age": ("疫苗", "vaccine"),
    "reason.vaccine_old_schedule": ("旧程序", "old plan"),
    "reason.vaccine_dose_order": ("剂次", "doses"),
    "reason.vaccine_sex": ("疫苗", "vaccine"),
    "reason.vaccine_interval": ("间隔", "interval"),
    "reason.safety_advice_missing": ("就医", "care"),
    "reason.blank": ("空白", "blank"),
    "reason.too_short": ("过短", "short"),
    "reason.too_long": ("过长", "long"),
    "reason.contradicts": ("矛盾", "opposed"),
    "reason.garbled": ("乱码", "garbled"),
    "reason.repeated": ("重复", "repeats"),
    "reason.truncated": ("中断", "cut off"),
    "reason.prompt_leak": ("提示词", "prompt"),
    "reason.refusal": ("拒答", "refusal"),
    "reason.page_junk": ("网页字", "page junk"),
    "reason.other_language": ("语种", "language"),
    "reason.not_entailed": ("模型疑", "doubted"),
    "reason.check_failed": ("查不了", "unchecked"),
    "reason.not_judged": ("未判", "unjudged"),
    "reason.in_evaluation_set": ("评测题", "benchmark"),
    # what to do, where the check's own words are English
    "advice.semantic_duplicate": ("与另一条同义；退回其一，或有意两条都留", ""),
    "advice.quote_not_found": ("这段引文不在来源里；退回，或按来源修改", ""),
    "advice.identifier_person": ("写着患儿、家长或医生的姓名；改去，或退回", ""),
    "advice.identifier_phone": ("写着电话号码；改去，或退回", ""),
    "advice.identifier_id_card": ("写着身份证号；改去，或退回", ""),
    "advice.identifier_record_number": ("写着住院号、病历号或床号；改去，或退回", ""),
    "advice.identifier_bank_card": ("写着银行卡号；改去，或退回", ""),
    "advice.identifier_plate": ("写着车牌号；改去，或退回", ""),
    "advice.identifier_email": ("写着邮箱；改去，或退回", ""),
    "advice.identifier_account": ("写着微信号或 QQ 号；改去，或退回", ""),
    "advice.identifier_birth_date": ("写着确切的出生日期；改成年龄，或退回", ""),
    "advice.identifier_address": ("写着住址；改去，或退回", ""),
    "advice.identifier_institution": ("写着医院、学校等机构的名称；改去，或退回", ""),
    "advice.quote_not_exact": ("与来源只差全半角、空格或标点；核对后可通过", ""),
    "advice.origin_missing": ("引文的出处已不在语料库里；退回，或重新导入来源", ""),
    "advice.not_in_evidence": ("引文没有这样说；改成引文的说法，或退回", ""),
    "advice.number_not_in_evidence": ("引文里没有这个数；按引文改正，或退回", ""),
    "advice.unit_changed": ("与引文单位不同（或漏了每日、每公斤）；按引文改正", ""),
    "advice.comparison_turned": ("与引文的以上、以下或高低相反；按引文改正", ""),
    "advice.negation_turned": ("引文的肯定与否定和这里相反；按引文改正", ""),
    "advice.drug_not_in_evidence": ("引文和标题里没有这个药；按引文改正，或退回", ""),
    "advice.disease_not_in_evidence": ("引文和标题里没有这个病；按引文改正，或退回", ""),
    "advice.route_changed": ("引文不是这样给药；按引文改正", ""),
    "advice.frequency_changed": ("与引文的次数、间隔不同；按引文改正", ""),
    "advice.fact_of_another": ("引文说的是另一种药、病或另一组患儿；按引文改正", ""),
    "advice.age_changed": ("与引文的年龄不同；按引文改正", ""),
    "advice.language_differs": ("引文是另一种语言，请对照核对", ""),
    "advice.not_a_safety_line": ("不是本任务固定的安全句；改回固定句，或退回", ""),
    "advice.dose_misread": ("数字与剂量原文不符；对照原文改正", ""),
    "advice.damaged_number": ("数字里混有字母或多出的小数点；对照原页改正，或退回", ""),
    "advice.lost_exponent": ("10 的指数没有上标，如 10⁹ 成了 109；对照原页改正", ""),
    "advice.misread_character": ("疑为形近字误识，如“于”作“千”、“囟”作“卤”；对照原页改正", ""),
    "advice.running_head": ("正文里混入页眉或页码；删去后采用，或退回", ""),
    "advice.low_confidence_number": ("扫描页上这个数字识别把握低；对照原页核对后方可通过", ""),
    "advice.low_confidence_text": ("扫描页上这一行识别把握低；对照原页核对", ""),
    "advice.computed_wrong": ("不等于剂量乘体重；改正剂量或体重，算得值随之更新", ""),
    "advice.over_ceiling": ("超过剂量表的上限；核对剂量、体重与每日次数，改正或退回", ""),
    "advice.tenfold": ("约为剂量表上限的十倍，疑小数点错位；对照原文改正，或退回", ""),
    "advice.tenfold_low": ("远低于剂量表的下限，疑小数点错位；对照原文核对", ""),
    "advice.unit_mismatch": ("单位疑错：mg、g、μg、ml、IU 相混；对照原文改正，或退回", ""),
    "advice.dose_day_mixed": ("疑把每日量当作每次量，或反之；对照原文改正", ""),
    "advice.under_age": ("低于该药的最低年龄；改用他药，写明禁用，或退回", ""),
    "advice.contraindicated": ("与病情、合用药或给药途径相忌；改正或退回", ""),
    "advice.weight_implausible": ("这个年龄不会有这样的体重；核对单位、小数点与年龄，改正或退回", ""),
    "advice.height_implausible": ("这个年龄不会有这样的身高；核对单位、小数点与年龄，改正或退回", ""),
    "advice.vital_impossible": ("体征超出人体可能的范围；核对数字与单位，改正或退回", ""),
    "advice.vital_implausible": ("体征远离这个年龄的正常值；核对数字与年龄", ""),
    "advice.vital_range": ("所写的正常值或增快标准与体征表不符；核对年龄与数字，改正或退回", ""),
    "advice.sex_mismatch": ("与患儿性别不符；核对性别或器官、疾病，改正或退回", ""),
    "advice.vaccine_too_early": ("早于免疫程序的最小年龄；改正，或退回", ""),
    "advice.vaccine_age": ("与免疫程序的年龄不符；核对剂次与年龄", ""),
    "advice.vaccine_old_schedule": ("是已被替代的免疫程序；写明日期，或改成现行程序", ""),
    "advice.vaccine_dose_order": ("后一剂早于前一剂；核对剂次与年龄，改正或退回", ""),
    "advice.vaccine_sex": ("免疫规划只为另一性别接种此疫苗；改正，或写明为自费", ""),
    "advice.vaccine_interval": ("与所需的间隔不符；改正，或退回", ""),
    "advice.safety_advice_missing": ("说到危险征象，却没有让家长就医或急救；补上，或退回", ""),
    "advice.blank": ("没有一个字；补全，或退回", ""),
    "advice.too_short": ("比本任务的答案短得多；按来源补全，或退回", ""),
    "advice.too_long": ("比本任务的答案长得多；按问题删减，或退回", ""),
    "advice.contradicts": ("同一个问题另有答案，说法相反；对照两处来源，改正或退回其一", ""),
    "advice.garbled": ("有乱码；修正来源的编码后重新导入，或退回", ""),
    "advice.repeated": ("同样的话反复出现；删减，或退回", ""),
    "advice.truncated": ("话没有说完；按来源补全，或退回", ""),
    "advice.prompt_leak": ("混入提示词或对话模板；删去", ""),
    "advice.refusal": ("没有回答而是拒绝；退回", ""),
    "advice.page_junk": ("混入网页按钮或标记；删去", ""),
    "advice.other_language": ("不是本条的语种；退回，或改正语种", ""),
    "advice.not_entailed": ("另一模型认为引文不支持这句；对照引文核对", ""),
    "advice.check_failed": ("检查程序出错，这条没有查；请报告，或退回", ""),
    "advice.not_judged": ("另一模型没有判断这句；对照引文核对", ""),
    "advice.in_evaluation_set": ("与评测集的题目重合，训练后评测失真；退回，或把该题移出评测集", ""),
    # help
    "help.title": ("帮助", "Help"),
    "help.text": (
        "# 判断\n"
        "a  通过，下一条随即出现        r  退回：再按原因的数字（r 3）\n"
        "e  修改字段，先看改动再采用    d  稍后：排到队尾\n"
        "f  转交：写一句给别人          u  撤销上一个决定，可连按\n"
        "# 走动\n"
        "↓ ↑  或 j k，n 下一条          PgDn PgUp  翻正文，滚轮亦可\n"
        "Tab  正文与来源之间切换        Home End  队首、队尾\n"
        "p  引文的页面，再按收起        + - 缩放，↑↓←→ 移动，0 引文处，1-9 引文\n"
        "# 挑选\n"
        "/  按主题或问题中的词          Esc  清除筛选\n"
        "t  按任务轮换                  s  按来源轮换\n"
        "# 其他\n"
        "[  收起或展开队列              T  深色或浅色\n"
        "F5 重读队列                    q  退出，决定都已存好\n"
        "# 标记\n"
        "!  检查报错，先看              ~  提醒\n"
        "✓ 引文 n  逐字见于引文 n       ✓ 已复算  由剂量与体重算得，已核\n"
        "· 安全句  任务固定的话，不需引文",
        "# Decide\n"
        "a  accept; the next item comes    r  reject, then a reason's number (r 3)\n"
        "e  edit fields, see the changes   d  later: to the end of the queue\n"
        "f  flag: a line for a colleague   u  undo the last decision, and so on\n"
        "# Move\n"
        "↓ ↑  or j k, n for the next       PgDn PgUp  scroll; so does the wheel\n"
        "Tab  between text and source      Home End  first, last\n"
        "p  the quote's page, and back     + - size, ↑↓←→ move, 0 quote, 1-9 others\n"
        "# Choose\n"
        "/  words in topic or question     Esc  clear the filter\n"
        "t  next task                      s  next source\n"
        "# More\n"
        "[  fold or show the queue         T  dark or light\n"
        "F5 read the queue again           q  quit; all decisions are saved\n"
        "# Marks\n"
        "!  a check found an error         ~  a warning\n"
        "✓ quote n  word for word there    ✓ recomputed  dose by weight, checked\n"
        "· safety line  the task's own fixed line, needs no quote",
    ),
}  # fmt: skip


class Words:
    """The table in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key` with `values` put in."""
        return WORDS[key][self.language == "en"].format(**values)

    def advice(self, code: str) -> str:
        """What to do about a finding, where the table says it better than the check's detail; else empty."""
        return self(f"advice.{code}") if f"advice.{code}" in WORDS else ""

    def reason(self, code: str) -> str:
        """A finding's reason code in words; a code without words stands for itself."""
        return self(f"reason.{code}") if f"reason.{code}" in WORDS else code.replace("_", " ")
