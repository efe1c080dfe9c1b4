"""The reviewers' screens in a browser: a login, a process for each screen, nothing from elsewhere.

What a screen shows is `screens`' and runs in its own process; here are accounts' sessions, sockets and pages.
"""

from pedcorpus.web.server import serve

__all__ = ["serve"]
