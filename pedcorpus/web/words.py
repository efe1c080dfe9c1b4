"""What the server's own pages say, in Chinese and English; what a screen says is `screens.words`."""

from __future__ import annotations

from typing import Literal

__all__ = ["LANGUAGES", "Language", "preferred_language", "said"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("审核", "Review"),
    "login.title": ("登录 · 审核", "Log in · review"),
    "login.lead": ("请输入您的令牌。", "Please enter your token."),
    "login.token": ("令牌", "Token"),
    "login.enter": ("登录", "Log in"),
    "login.help": (
        "令牌由数据管理员发给您本人；遗失时请他另发一个。",
        "The data steward gave it to you alone, and gives you a new one if it is lost.",
    ),
    "login.other": ("English", "中文"),
    "login.wrong": ("令牌不对，请检查后重试。", "This is no one's token; check it and try again."),
    "login.wait": ("错误次数过多，请在 {seconds} 秒后重试。", "Too many wrong tokens; try again in {seconds} seconds."),
    "advice": (
        "本系统用于整理教学语料，不提供诊疗建议。",
        "This is for curating a corpus. It gives no medical advice.",
    ),
    "bar.logout": ("退出登录", "Log out"),
    "bar.disputes": ("裁定", "Disputes"),
    "bar.focus": ("点一下画面即可用键盘；? 是帮助", "Click the screen to use the keys; ? is help"),
    "opening": ("正在打开…", "Opening…"),
    "no_script": ("请允许本页运行 JavaScript。", "Please let this page run JavaScript."),
    "again": ("重新打开", "Open again"),
    "back": ("返回", "Back"),
    "ended.left": ("您已离开。决定都已保存。", "You have left. Every decision is saved."),
    "ended.logged_out": (
        "登录已结束：久未操作、已退出或账号有变。已存的决定都在。",
        "Your login has ended: by rest, by logging out, or because the account changed. What was saved is there.",
    ),
    "ended.crashed": (
        "审核画面意外结束。显示“已保存”的决定都在；请重新打开，若再发生请告诉管理员，服务器日志里有原因。",
        "The screen ended unexpectedly. Every decision that was said to be saved is there. Open it again; if this "
        "happens twice tell the steward: the server's log has the reason.",
    ),
    "ended.too_many_yours": (
        "您打开的审核画面太多；请先关闭一个。",
        "You have too many review screens open; close one of them first.",
    ),
    "ended.too_many": ("同时审核的人太多，请稍后再试。", "Too many people are reviewing just now; try again later."),
    "ended.stopped": (
        "服务器已停止。已存的决定都在。",
        "The server was stopped. Every decision that was saved is there.",
    ),
    "ended.not_understood": ("浏览器发来了无法理解的内容。", "The browser sent what cannot be understood."),
    "ended.not_opened": (
        "审核画面无法打开；请告诉管理员，服务器日志里有原因。",
        "The screen cannot be opened; tell the steward: the server's log has the reason.",
    ),
    "ended.lost": (
        "与服务器的连接断了。已存的决定都在。",
        "The connection to the server is lost. What was saved is there.",
    ),
    "error.host": (
        "服务器不认识这个名称 {host}；请管理员在 pedcorpus.toml 的 [review.web] names 中加入它。",
        "This server does not know itself as {host}; the steward adds it to names in [review.web] of pedcorpus.toml.",
    ),
    "error.proxy": (
        "前面有代理时必须登录；请管理员先运行 pedcorpus reviewers add NAME。",
        "Behind a proxy everybody logs in; the steward first runs: pedcorpus reviewers add NAME.",
    ),
    "error.origin": ("请求来自别的网站，已拒绝。", "This was asked for by another site, and is refused."),
    "error.adjudicators": (
        "裁定须由裁定人进行；请管理员运行 pedcorpus reviewers role NAME adjudicator。",
        "Disputes are for adjudicators; the steward changes that with: pedcorpus reviewers role NAME adjudicator.",
    ),
    "error.login": ("请先登录。", "Please log in first."),
    "error.accounts": ("账号文件无法读取；请告诉管理员。", "The accounts cannot be read; tell the steward."),
    "error.gone": ("没有这个页面。", "There is no such page."),
    "error.too_large": ("发送的内容太大。", "That was too large."),
    "error.slow": ("发送得太慢。", "That came too slowly."),
    "error.method": ("不能这样请求。", "This cannot be asked for in this way."),
    "error.failed": ("服务器出错；日志里有原因。", "The server failed; its log has the reason."),
    "error.no_picture": (
        "没有这一页的图像：引文不在 PDF 上，或原文件已不在。",
        "There is no picture of this page: the quote stands in no PDF, or the original is gone.",
    ),
}


def said(language: Language, key: str, **values: object) -> str:
    """The words for `key`, with `values` in place of their names."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def preferred_language(accept_language: str, default: Language) -> Language:
    """The first of our languages that a browser names; they name theirs in the order of liking."""
    for part in accept_language.lower().split(","):
        for language in LANGUAGES:
            if part.strip().startswith(language):
                return language
    return default
