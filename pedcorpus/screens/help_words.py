"""The one screen of help, in Chinese and English; it fits 80 × 24."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["HELP_WORDS"]

HELP_WORDS: Mapping[str, tuple[str, str]] = {
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
