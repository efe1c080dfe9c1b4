from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress

import aiohttp
import pytest

from pedcorpus import flow
from pedcorpus.records import Role
from pedcorpus.web.app_process import AppProcess
from pedcorpus.web.open_screens import Ending


async def first(socket: aiohttp.ClientWebSocketResponse) -> dict:
    """What the fake screen says of itself."""
    return json.loads((await socket.receive(5)).data)


async def end_of(socket: aiohttp.ClientWebSocketResponse) -> int:
    """Read to the end; the code that closes."""
    while (await socket.receive(10)).type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
        pass
    return socket.close_code


async def gone(pid: int, *, within_s: float = 5) -> bool:
    for _ in range(int(within_s / 0.02)):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        await asyncio.sleep(0.02)
    return False


async def typed(socket: aiohttp.ClientWebSocketResponse, text: str) -> bytes:
    await socket.send_json(["stdin", text])
    return (await socket.receive(5)).data


async def test_keys_go_in_and_drawing_comes_out(ward) -> None:
    async with ward() as at, at.socket("?width=120&height=36") as socket:
        assert (await first(socket))["size"] == "120x36"
        assert await typed(socket, "惊厥") == "惊厥".encode()
        await socket.send_json(["resize", {"width": 100, "height": 30}])
        assert json.loads((await socket.receive(5)).data) == {"type": "resize", "width": 100, "height": 30}
        await socket.send_json(["ping", "17"])
        assert (await socket.receive_json()) == ["pong", "17"]


async def test_the_name_is_the_logins_whatever_the_browser_says(ward, token: str) -> None:
    async with ward() as at:
        await at.log_in(token)
        async with at.socket("?width=80&height=24&reviewer=li&--reviewer=li") as socket:
            assert (await first(socket))["argv"] == ["--reviewer=wang"]


async def test_without_a_login_there_is_no_screen(ward, token: str) -> None:
    async with ward() as at:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
            async with at.socket():
                pass


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1:1"])
async def test_another_sites_page_gets_no_screen(ward, origin: str) -> None:
    async with ward() as at:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            async with at.socket(origin=origin):
                pass


async def test_a_closed_tab_ends_the_process(ward) -> None:
    async with ward() as at:
        async with at.socket() as socket:
            pid = (await first(socket))["pid"]
        assert await gone(pid)


async def test_a_lost_browser_ends_the_process(ward) -> None:
    async with ward() as at, at.socket() as socket:
        pid = (await first(socket))["pid"]
        socket._response.connection.transport.abort()
        assert await gone(pid)


async def test_who_leaves_is_told_so(ward) -> None:
    async with ward() as at, at.socket() as socket:
        await first(socket)
        await socket.send_json(["stdin", "q"])
        assert await end_of(socket) == Ending.LEFT


@pytest.mark.parametrize("more", [(), ("--broken",)])
async def test_a_crash_is_told_to_the_browser_and_its_reason_to_the_log(ward, more: tuple[str, ...]) -> None:
    async with ward(*more) as at:
        async with at.socket() as socket:
            if not more:
                await first(socket)
                await socket.send_json(["stdin", "crash"])
            assert await end_of(socket) == Ending.CRASHED
        assert ("it broke" if not more else "no such corpus") in "\n".join(at.log)


async def test_a_machine_without_room_for_a_process_tells_so(ward) -> None:
    async with ward("x" * 3_000_000) as at, at.socket() as socket:
        assert await end_of(socket) == Ending.CRASHED
        assert at.log == ["no screen for nobody: Argument list too long"]


async def test_a_renewed_token_ends_open_screens(ward, place, token: str) -> None:
    async with ward() as at:
        await at.log_in(token)
        async with at.socket() as socket:
            pid = (await first(socket))["pid"]
            flow.renew_token(place, "wang")
            assert await end_of(socket) == Ending.LOGGED_OUT
        assert await gone(pid)


async def test_logging_out_ends_open_screens(ward, token: str) -> None:
    async with ward() as at:
        await at.log_in(token)
        async with at.socket() as socket:
            await first(socket)
            await at.log_out()
            assert await end_of(socket) == Ending.LOGGED_OUT


async def test_keys_keep_a_login_and_rest_ends_its_screen(ward, token: str) -> None:
    async with ward(idle_minutes=1) as at:
        await at.log_in(token)
        async with at.socket() as socket:
            await first(socket)
            for _ in range(3):
                at.clock.now += 50
                await typed(socket, "j")
            await socket.send_json(["ping", "1"])
            await socket.receive(5)
            at.clock.now += 61
            assert await end_of(socket) == Ending.LOGGED_OUT


async def test_nobody_takes_all_the_screens(ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.web.open_screens._WAITS", 1)
    async with ward(screens_each=1, screens=9) as at, at.socket() as one, at.socket() as another:
        await first(one)
        assert await end_of(another) == Ending.TOO_MANY_YOURS


async def test_more_screens_than_the_server_can_run_are_refused(ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.web.open_screens._WAITS", 1)
    async with ward(screens_each=9, screens=1) as at, at.socket() as one, at.socket() as another:
        await first(one)
        assert await end_of(another) == Ending.TOO_MANY


async def test_a_page_that_is_loaded_again_gets_the_place_of_its_old_screen(ward) -> None:
    async with ward(screens=1) as at:
        async with at.socket() as socket:
            await first(socket)
        async with at.socket() as four:
            assert await first(four)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "nonsense",
        "{}",
        "[]",
        "[1]",
        '["quit"]',
        '["stdin"]',
        '["stdin", 7]',
        '["resize", {}]',
        '["resize", {"width": "x", "height": 1}]',
        '["resize", {"width": [], "height": 1}]',
        '["deliver_file_start", "x"]',
        "[" * 50_000,
        '["stdin", "' + "x" * 300_000 + '"]',
    ],
    ids=lambda nonsense: nonsense[:40],
)
async def test_nonsense_ends_the_screen_and_not_the_server(ward, nonsense: str) -> None:
    async with ward() as at:
        async with at.socket() as socket:
            pid = (await first(socket))["pid"]
            with suppress(ConnectionResetError):
                await socket.send_str(nonsense)
            assert await end_of(socket) in (Ending.NOT_UNDERSTOOD, aiohttp.WSCloseCode.MESSAGE_TOO_BIG)
        assert await gone(pid)
        assert await at.status() == 200


async def test_bytes_are_no_message(ward) -> None:
    async with ward() as at, at.socket() as socket:
        await first(socket)
        await socket.send_bytes(b"\x00")
        assert await end_of(socket) == Ending.NOT_UNDERSTOOD


@pytest.mark.parametrize("query", ["?width=0&height=-7", "?width=99999999999&height=1e9", "?width=x", "?width=\u0663"])
async def test_a_terminal_of_any_size_opens(ward, query: str) -> None:
    async with ward() as at, at.socket(query) as socket:
        width, height = map(int, (await first(socket))["size"].split("x"))
        assert 10 <= width <= 1000
        assert 10 <= height <= 1000


@pytest.mark.parametrize("url", ["https://evil.example/", "javascript:alert(1)", "//evil.example/page/", "/login"])
async def test_a_screen_opens_no_address_but_its_pages(ward, url: str) -> None:
    async with ward() as at, at.socket() as socket:
        await first(socket)
        await socket.send_json(["stdin", f"open {url}"])
        assert await typed(socket, "next") == b"next"
        await socket.send_json(["stdin", "open /page/abc/1"])
        assert await socket.receive_json() == ["open_url", {"url": "/page/abc/1", "new_tab": True}]


async def test_a_link_in_what_is_drawn_does_not_reach_the_browser(ward) -> None:
    async with ward() as at, at.socket() as socket:
        await first(socket)
        assert b"\x1b]" not in await typed(socket, "\x1b]8;;https://evil.example\x07x\x1b]8;;\x07")


async def test_the_servers_end_ends_every_screen(ward) -> None:
    pids = []
    async with ward(screens_each=9) as at:
        for _ in range(3):
            socket = await at.browser.ws_connect(f"{at.url}ws", origin=at.origin)
            pids.append((await first(socket))["pid"])
    for pid in pids:
        assert await gone(pid, within_s=1)


async def test_a_screen_that_does_not_listen_is_made_to_end(ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.web.app_process._ENDING_S", ((15, 0.1), (9, 0.1)))
    async with ward("--deaf") as at:
        async with at.socket() as socket:
            pid = (await first(socket))["pid"]
        assert await gone(pid)


async def test_a_process_that_is_stuck_is_given_up(tmp_path) -> None:
    process = AppProcess(["sleep", "60"])
    await process.start(80, 24)
    taken = [process.type("x" * 200_000) for _ in range(10)]
    process.kill()
    await process.end()
    assert taken[0]
    assert not taken[-1]


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.STEWARD])
async def test_adjudicators_have_a_screen_for_disputes(ward, place, role: Role) -> None:
    token = flow.add_account(place, "li", role)
    async with ward() as at:
        await at.log_in(token)
        async with at.browser.get(at.url) as answer:
            assert 'class="desks"' in await answer.text()
        async with at.browser.ws_connect(f"{at.url}disputes/ws", origin=at.origin) as socket:
            assert (await first(socket))["argv"] == ["--adjudicate", "--reviewer=li"]


async def test_disputes_are_not_for_reviewers(ward, token: str) -> None:
    async with ward() as at:
        await at.log_in(token)
        async with at.browser.get(at.url) as answer:
            assert 'class="desks"' not in await answer.text()
        assert await at.status("disputes") == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await at.browser.ws_connect(f"{at.url}disputes/ws", origin=at.origin)


@pytest.mark.parametrize("code", [2, 3])
async def test_a_screen_that_says_why_it_cannot_open_has_not_crashed(ward, code: int) -> None:
    async with ward("--refused", str(code)) as at:
        async with at.socket() as socket:
            assert await end_of(socket) == Ending.NOT_OPENED
        assert "there is no corpus here" in at.log[-1]
