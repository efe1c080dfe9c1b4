"""A textbook that would rather be a program: markup, scripts, links and commands to the terminal in its sentences."""

from __future__ import annotations

__all__ = ["CHAPTER", "MARKS"]

MARKS = (
    "<script>document.title='ran'</script>",
    "<img src=x onerror=document.title='ran'>",
    "[@click=app.quit]按这里[/]",
    "[link=javascript:alert(1)]看这里[/link]",
    "[red on white]红[/]",
)
"""What has to stand on the screen as it stands in the text."""
_COMMANDS = (
    "\x1b]8;;https://evil.example/\x1b\\链接\x1b]8;;\x1b\\",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b]0;ran\x07",
    "\x1b[2J\x1b[31;5m",
    "\x9b31m\x9d52;c;cHduZWQ=\x9c",
    "\u202e\u2066反向\u2069",
    "\x07\x08\x7f",
)
"""What a terminal would obey."""

CHAPTER = f"""\
# 第七章 神经系统疾病

## 第二节 热性惊厥

热性惊厥是指发热状态下出现的惊厥发作{MARKS[0]}，首次发作多见于6个月至3岁{_COMMANDS[0]}。

【临床表现】

热性惊厥单纯型发作呈全面性{MARKS[1]}，持续时间短于15分钟{MARKS[2]}，发作后意识恢复快{"".join(_COMMANDS)}。

【治疗】

热性惊厥多数发作在5分钟内自行缓解{MARKS[3]}，不需药物止惊{MARKS[4]}。
详见 https://evil.example/page/1 ，勿点。
"""
