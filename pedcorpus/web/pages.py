"""The server's own pages as HTML: text from anywhere is escaped, and no page holds a script or a style itself."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from aiohttp import web

from pedcorpus.web.open_screens import Ending
from pedcorpus.web.words import LANGUAGES, Language, preferred_language, said

__all__ = ["ASSETS", "html", "language_of", "login_page", "message_page", "review_page", "terminal_assets"]

ASSETS = Path(__file__).parent / "assets"


def language_of(request: web.Request, default: Language) -> Language:
    """The language that the address asks for, else the one that the browser likes, else `default`."""
    asked = request.query.get("language")
    if asked in LANGUAGES:
        return LANGUAGES[LANGUAGES.index(asked)]
    return preferred_language(request.headers.get("Accept-Language", ""), default)


def html(text: str, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A page as an answer."""
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=headers)


def login_page(language: Language, *, problem: str = "") -> str:
    """Asks for a token; `problem` says why the last one did not do."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    return _filled(
        "login.html", language, other=other, problem=problem, problem_class="problem" if problem else "absent"
    )


def message_page(language: Language, text: str) -> str:
    """Says one thing."""
    return _filled("message.html", language, text=text)


def review_page(
    language: Language, name: str, *, has_login: bool, has_disputes: bool = False, is_ruling: bool = False
) -> str:
    """The terminal with a bar above; a message for each way in which it can end."""
    return _filled(
        "review.html",
        language,
        name=name,
        logout_class="logout" if has_login else "absent",
        desks_class="desks" if has_disputes else "absent",
        socket="/disputes/ws" if is_ruling else "/ws",
        here="/disputes" if is_ruling else "/",
        review_here="page" if not is_ruling else "false",
        disputes_here="page" if is_ruling else "false",
    )


def _filled(template: str, language: Language, **values: str) -> str:
    words = {name: said(language, key) for name, key in _WORDS.items()}
    shown = {name: escape(value) for name, value in (words | values).items()}
    return Template(_text(template)).substitute(shown, language=language)


_WORDS = {
    "title": "title",
    "login_title": "login.title",
    "lead": "login.lead",
    "token": "login.token",
    "enter": "login.enter",
    "help": "login.help",
    "other_language": "login.other",
    "advice": "advice",
    "log_out": "bar.logout",
    "focus": "bar.focus",
    "review": "title",
    "disputes": "bar.disputes",
    "opening": "opening",
    "no_script": "no_script",
    "again": "again",
    "back": "back",
} | {f"ended_{ending.value}": f"ended.{ending.name.lower()}" for ending in Ending}


@cache
def _text(template: str) -> str:
    return (ASSETS / template).read_text(encoding="utf-8")


@cache
def terminal_assets() -> dict[str, Path]:
    """The terminal emulator that textual-serve ships, by the names under which pages ask for it."""
    static = Path(str(files("textual_serve"))) / "static"
    return {"terminal.js": static / "js" / "textual.js", "terminal.css": static / "css" / "xterm.css"}
