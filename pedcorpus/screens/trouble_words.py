"""What can be wrong with the corpus while somebody reviews, in both languages: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["TROUBLE_WORDS"]

TROUBLE_WORDS: Mapping[str, tuple[str, str]] = {
    "trouble.busy": (
        "另一个程序一直占着语料库，等它结束",
        "another program keeps the corpus to itself; wait until it ends",
    ),
    "trouble.gone": (
        "语料库文件不在了：被移走、改名，或盘已断开。请放回原处",
        "the corpus is gone: moved, renamed, or its drive is off. Put it back",
    ),
    "trouble.read_only": (
        "语料库不能写入。请管理员放开文件和所在文件夹的写权限",
        "the corpus may not be written. Ask for write access to the file and its folder",
    ),
    "trouble.full": ("磁盘已满。请腾出空间", "the disk is full. Free some space"),
    "trouble.memory": ("内存不够。请关掉别的程序", "not enough memory. Close other programs"),
    "trouble.damaged": (
        "语料库损坏，或磁盘有故障。请停下，找管理员用备份恢复",
        "the corpus is damaged, or its drive is failing. Stop, and have it restored from a backup",
    ),
    "trouble.foreign": (
        "这个文件不是语料库。请管理员检查工作文件夹",
        "this file is no corpus. Have the workspace folder checked",
    ),
    "trouble.newer": (
        "语料库已由新版程序升级。请退出，升级后再进",
        "a newer version of the program has upgraded the corpus. Leave, upgrade, and come back",
    ),
    "trouble.older": (
        "语料库被换成了旧版。请退出后重新进入",
        "an older corpus was put in its place. Leave, and start again",
    ),
}
"""By `CorpusError.trouble`; of `other`, the error's own words are all there is."""
