from __future__ import annotations

import asyncio

import pytest

from pedcorpus.web.connections import Connections


@pytest.mark.parametrize("path", ["", "login", "nowhere", "static/review.js", "static/../login.py", "ws"])
async def test_every_answer_tells_the_browser_to_be_strict(ward, path: str) -> None:
    async with ward() as at, at.browser.get(f"{at.url}{path}") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == ("no-cache" if path == "static/review.js" else "no-store")
        assert answer.headers["Server"] == "pedcorpus"


async def test_pages_load_nothing_from_elsewhere_and_hold_no_script(ward) -> None:
    async with ward() as at:
        for path in ("", "static/pages.css", "static/review.js", "static/terminal.css"):
            async with at.browser.get(f"{at.url}{path}") as answer:
                text = await answer.text()
                assert answer.status == 200
                assert "https://" not in text.replace("https://github.com/chjj/term.js", "")
                assert "onclick" not in text
                assert "<script>" not in text


@pytest.mark.parametrize(
    "path", ["static/login.html", "static/..%2f..%2fsite.py", "static/%2e%2e/site.py", "static/", "nowhere"]
)
async def test_nothing_else_is_served(ward, path: str) -> None:
    async with ward() as at:
        assert await at.status(path) == 404


@pytest.mark.parametrize("path", ["", "login", "ws", "static/review.js"])
async def test_a_name_that_leads_here_by_somebody_elses_server_is_refused(ward, path: str) -> None:
    async with ward() as at, at.browser.get(f"{at.url}{path}", headers={"Host": "rebound.evil.example"}) as answer:
        assert answer.status == 421
        assert "[review.web] names" in await answer.text()


async def test_a_name_from_the_settings_is_known(ward) -> None:
    async with ward(names=["review.hospital.example"]) as at:
        assert await at.status(headers={"Host": "review.hospital.example"}) == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Via", "Forwarded", "X-Real-IP"])
async def test_a_proxy_opens_no_door_that_has_no_login(ward, header: str) -> None:
    async with ward() as at:
        assert await at.status(headers={header: "10.0.0.1"}) == 403


async def test_a_wrong_method_is_told(ward) -> None:
    async with ward() as at, at.browser.put(f"{at.url}login") as answer:
        assert answer.status == 405
        assert "GET" in answer.headers["Allow"]


async def test_an_error_of_ours_is_logged_and_not_shown(ward, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, request: object) -> None:
        raise RuntimeError("secret detail")

    async with ward() as at:
        monkeypatch.setattr("pedcorpus.web.site.Site.visitor", broken)
        async with at.browser.get(at.url) as answer:
            assert answer.status == 500
            assert "secret detail" not in await answer.text()
        assert any("secret detail" in line for line in at.log)


async def test_who_connects_and_asks_for_nothing_is_hung_up_on(ward) -> None:
    async with ward(connections=Connections(silent_s=0.2)) as at:
        reader, writer = await asyncio.open_connection("127.0.0.1", at.site.settings.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: 127")
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_connections_are_bounded(ward) -> None:
    async with ward(connections=Connections(most=5)) as at:
        port = at.site.settings.port
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await asyncio.wait_for(reader.read(), 5) == b""
        for _, open_writer in (*held, (reader, writer)):
            open_writer.close()
