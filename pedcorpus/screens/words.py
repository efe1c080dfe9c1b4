"""Every word of the screens, in Chinese and English, in one table; findings and help have files of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pedcorpus.screens.adjudication_words import ADJUDICATION_WORDS
from pedcorpus.screens.finding_words import FINDING_WORDS
from pedcorpus.screens.help_words import HELP_WORDS
from pedcorpus.screens.trouble_words import TROUBLE_WORDS

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
    "key.filter": ("筛选", "filter"),
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
    "key.next": ("下一步", "go on"),
    # queue
    "queue.waiting": ("待审 {count}", "waiting {count}"),
    "queue.decided": ("本场 {count}", "done {count}"),
    "queue.pace": ("{count}/h", "{count}/h"),
    "queue.sample": ("抽样 {read}/{size}", "sample {read}/{size}"),
    "queue.deferred": ("稍后", "later"),
    "queue.flagged": ("转交", "flagged"),
    "queue.drawn": ("抽样", "sample"),
    "queue.filter_text": ("含“{text}”", "has “{text}”"),
    "queue.shown": ("{shown}/{all}", "{shown} of {all}"),
    "search.prompt": ("主题或问题中的词，回车查找，空则全部", "words in topic or question; empty shows all"),
    # sheet and source
    "sheet.loading": ("正在打开…", "opening…"),
    "sheet.computed": ("= {text}（按{weight} kg）", "= {text} (for {weight} kg)"),
    "sheet.computed_plain": ("= {text}", "= {text}"),
    "sheet.decided": ("此前 {reviewer}：{verdict} {reason}", "Earlier {reviewer}: {verdict} {reason}"),
    "maker.rule": ("规则", "by rule"),
    "maker.llm": ("模型", "by model"),
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
    "key.open_page": ("新标签页", "in a tab"),
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
    # a terminal too small
    "small.title": ("窗口太小：{width} × {height}", "The window is too small: {width} × {height}"),
    "small.what": (
        "审核至少需要 {least_width} × {least_height}，80 × 24 以上为好。请拉大窗口或缩小字号；写到一半的也还在。",
        "Review needs at least {least_width} × {least_height}, better 80 × 24. Make it larger, or the print smaller; "
        "what you were writing is kept.",
    ),
    # empty
    "empty.done": ("没有待审的条目了。", "Nothing waits for review."),
    "empty.done_next": ("下一步：按 q 退出，运行", "Next: press q, then run"),
    "empty.export": ("pedcorpus export --version v1", "pedcorpus export --version v1"),
    "empty.more": ("或用 pedcorpus ingest 加入更多来源。", "or add sources with pedcorpus ingest."),
    "empty.held": (
        "余下的条目正在别人屏幕上。按 F5 重读。",
        "All that is left is on others' screens. F5 reads the queue again.",
    ),
    "empty.filter": ("没有符合筛选的条目。按 Esc 清除筛选。", "Nothing matches the filter. Esc clears it."),
    # status
    "status.reviewer": ("审核员 {name}", "reviewer {name}"),
    "status.adjudicator": ("裁定人 {name}", "adjudicator {name}"),
    "status.saving": ("正在保存…", "saving…"),
    "status.saved": ("已保存 ✓ {what}", "saved ✓ {what}"),
    "status.undone": ("已撤销 ✓ {what}", "undone ✓ {what}"),
    "status.first": ("按 ? 看一屏帮助", "? shows one screen of help"),
    "status.nothing_to_undo": ("没有可撤销的决定", "nothing to undo"),
    "status.not_saved": (
        "! 未保存：{error}。条目还在，再按一次键。",
        "! not saved: {error}. The item is still here; press the key again.",
    ),
    "status.not_judged": (
        "! 未检查：{error}。修改还在，再按一次键。",
        "! not checked: {error}. Your edit is still here; press the key again.",
    ),
    "status.not_read": ("! 读取失败：{error}。按 F5 重试。", "! could not read: {error}. F5 tries again."),
    "status.wait": ("还在保存上一条，稍等", "still saving the last one; wait a moment"),
    "status.moved": ("这一条刚刚变了，请再看一遍", "this item has just changed; look at it again"),
    "status.seeking": ("正在查找…", "searching…"),
    "status.decided_elsewhere": (
        "! 未保存：这一条刚由 {names} 定了。已换下一条。",
        "! not saved: {names} decided this item just before. The next one is here.",
    ),
    "desk.clock_went_back": (
        "! 电脑的时钟被拨回。决定照常保存，占用的条目已放开；请核对时间。",
        "! This computer's clock went back. Decisions are safe, held items were freed; check the time.",
    ),
    "desk.leases_lost": (
        "! 占用记录丢失，已重建。决定不受影响；两人可能看到同一条。",
        "! The record of who reads what was lost and made anew. Decisions are safe; two may see one item.",
    ),
    "desk.leases_unusable": (
        "! 占用记录暂时不能用。决定照常保存；两人可能看到同一条。",
        "! The record of who reads what cannot be used now. Decisions are safe; two may see one item.",
    ),
    "desk.also_elsewhere": (
        "! 你还在另一个窗口审核，两边可能看到同一条。",
        "! You have another review open; both may show the same item.",
    ),
    "list.comma": ("、", ", "),
    "status.unchanged": ("没有改动", "nothing was changed"),
    "status.fix_fields": ("还有 {count} 处不合格，请先改正", "{count} fields are not valid yet; correct them first"),
    # verdicts
    "verdict.accept": ("通过", "accepted"),
    "verdict.reject": ("退回", "rejected"),
    "verdict.edit": ("修改", "edited"),
    "verdict.defer": ("稍后", "put off"),
    "verdict.flag": ("转交", "flagged"),
    # filter
    "filter.title": ("筛选", "Filter"),
    "filter.prompt": ("写字缩小下面的单子", "writing narrows the list below"),
    "filter.next": ("换一栏", "next list"),
    "filter.reason": ("检查", "Finding"),
    "filter.topic": ("病种", "Topic"),
    "filter.task": ("任务", "Task"),
    "filter.source": ("来源", "Source"),
    "filter.all": ("全部", "all"),
    "filter.none": ("没有这样的条目", "nothing like this"),
    "filter.more": ("还有 {count} 个，写字缩小", "{count} more; write to narrow"),
    # reject, flag, edit
    "reject.title": ("为什么退回？按数字即定", "Why is it rejected? A number decides"),
    "flag.to_you": ("{sender} 转交给你：", "{sender} flagged this to you: "),
    "flag.to_other": ("{sender} 转交给 {colleague}：", "{sender} flagged this to {colleague}: "),
    "flag.to_anyone": ("{sender} 转交：", "{sender} flagged this: "),
    "flag.title": ("转交给同事", "Hand to a colleague"),
    "flag.to": ("给谁", "To"),
    "flag.what": ("请他看什么", "What to look at"),
    "flag.whom": ("写字缩小名单，回车选定", "writing narrows the list, Enter chooses"),
    "flag.anyone": ("随便哪位同事", "whoever comes next"),
    "flag.stranger": ("{name}（新名字：还没有人用它审核过）", "{name} (new: nobody reviewed under this name yet)"),
    "flag.prompt": ("如：请核对地西泮的剂量", "such as: please check the dose"),
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
    **ADJUDICATION_WORDS,
    **FINDING_WORDS,
    **HELP_WORDS,
    **TROUBLE_WORDS,
}


class Words:
    """The table in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key` with `values` put in."""
        return WORDS[key][self.language == "en"].format(**values)

    def trouble(self, code: str, said: str) -> str:
        """What is wrong with the corpus; what was `said` of it where there are no words for the code."""
        told = self(f"trouble.{code}") if f"trouble.{code}" in WORDS else said
        return told.rstrip(".。")

    def advice(self, code: str) -> str:
        """What to do about a finding, where the table says it better than the check's detail; else empty."""
        return self(f"advice.{code}") if f"advice.{code}" in WORDS else ""

    def reason(self, code: str) -> str:
        """A finding's reason code in words; a code without words stands for itself."""
        return self(f"reason.{code}") if f"reason.{code}" in WORDS else code.replace("_", " ")
