"""The one screen of help, in Chinese and English; it fits 80 × 24."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["HELP_WORDS"]

HELP_WORDS: Mapping[str, tuple[str, str]] = {
    "help.title": ("帮助", "Help"),
    "help.text": (
        "一条一条来：读问与答 → 看 ! ~ 所指 → 对照来源里标出的引文 → 按一个键\n"
        "# 判断：一键即存，下一条随即出现（请用英文输入状态按键）\n"
        "a  通过：每句都有依据            r  退回：再按原因的数字，如 r 3\n"
        "e  修改：改字段，看过改动再采用  d  稍后：排到队尾\n"
        "f  转交同事：选人，写一句        u  撤销：一步一步，几步都行\n"
        "# 走动\n"
        "↓ ↑  或 j k，n 下一条            PgDn PgUp  翻正文，滚轮亦可\n"
        "Tab  正文与来源之间切换          Home End  队首、队尾\n"
        "p  引文的页面，再按收起          [  收起或展开队列\n"
        "   页面上 + - 缩放，↑↓←→ 移动，0 回到引文，1-9 换引文\n"
        "# 挑选\n"
        "/  按主题或问题中的词            s  筛选：检查、病种、任务、来源\n"
        "Esc  清除筛选                    F5  重读队列\n"
        "# 标记\n"
        "!  检查报错，先看                ~  提醒\n"
        "✓ 引文 n  逐字见于引文 n         ✓ 已复算  由剂量与体重算得，已核\n"
        "· 安全句  固定的话，不需引文     非引文原句  请对照来源核实\n"
        "# 其他\n"
        "T  深色或浅色                    q  退出：决定都已存好",
        "Read question and answer → see what ! ~ point at → compare the quote\n"
        "marked in the source → press one key. That is all.\n"
        "# Decide: one key is saved, and the next item comes\n"
        "a  accept: all of it has a basis  r  reject: then a reason's number\n"
        "e  edit fields, see the changes   d  later: to the end of the queue\n"
        "f  flag to a colleague: a note    u  undo, as many steps as you like\n"
        "# Move\n"
        "↓ ↑  or j k, n for the next       PgDn PgUp  scroll; so does the wheel\n"
        "Tab  between text and source      Home End  first, last\n"
        "p  the quote's page, and back     [  fold or show the queue\n"
        "   on a page: + - size, ↑↓←→ move, 0 back, 1-9 other quotes\n"
        "# Choose\n"
        "/  words in topic or question     s  filter by finding, topic, source…\n"
        "Esc  clear the filter             F5  read the queue again\n"
        "# Marks\n"
        "!  a check found an error         ~  a warning\n"
        "✓ quote n  word for word there    ✓ recomputed  dose by weight, checked\n"
        "· safety line  needs no quote     not a quote's words  compare it\n"
        "T  dark or light                  q  quit; all decisions are saved",
    ),
}  # fmt: skip
