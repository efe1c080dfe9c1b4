from __future__ import annotations

import asyncio

import pytest

from pedcorpus import flow
from pedcorpus.records import Role


async def test_without_accounts_this_machine_reviews_without_a_login(ward) -> None:
    async with ward() as at:
        assert await at.status() == 200
        assert await at.status("login") == 303


async def test_with_an_account_everybody_logs_in(ward, token: str) -> None:
    async with ward() as at:
        assert await at.status() == 303
        answer = await at.log_in(token)
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        async with at.browser.get(at.url) as page:
            assert "wang" in await page.text()


async def test_an_account_added_later_closes_the_open_door_for_good(ward, place) -> None:
    async with ward() as at:
        assert await at.status() == 200
        flow.add_account(place, "wang")
        assert await at.status() == 303
        flow.remove_account(place, "wang")
        assert await at.status() == 303


async def test_the_cookie_is_kept_from_scripts_and_other_sites(ward, token: str) -> None:
    async with ward() as at:
        cookie = (await at.log_in(token)).headers["Set-Cookie"]
        assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        assert "Max-Age" not in cookie
        assert token not in cookie


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_behind_a_proxy_with_tls_the_cookie_is_for_tls_alone(ward, token: str, scheme: str) -> None:
    async with ward(behind_proxy=True) as at:
        cookie = (await at.log_in(token, headers={"X-Forwarded-Proto": scheme})).headers["Set-Cookie"]
        assert ("Secure" in cookie.split("; ")) is (scheme == "https")
        assert cookie.startswith("__Host-") is (scheme == "https")


async def test_a_proxy_that_is_not_ours_is_not_believed(ward, token: str) -> None:
    async with ward() as at:
        cookie = (await at.log_in(token, headers={"X-Forwarded-Proto": "https"})).headers["Set-Cookie"]
        assert "Secure" not in cookie
        for number in range(7):
            answer = await at.log_in("wrong", headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert answer.status == 429


async def test_a_wrong_token_is_refused_then_throttled_then_the_wait_passes(ward, token: str) -> None:
    async with ward() as at:
        answers = [await at.log_in("wrong") for _ in range(7)]
        assert [answer.status for answer in answers] == [403] * 6 + [429]
        assert answers[-1].headers["Retry-After"] == "2"
        assert "Set-Cookie" not in answers[-1].headers
        assert (await at.log_in(token)).status == 429, "the right one has to wait, too"
        at.clock.now += 3
        assert (await at.log_in(token)).status == 303


async def test_guesses_sent_at_once_are_counted_each(ward, token: str) -> None:
    async with ward() as at:
        answers = await asyncio.gather(*(at.log_in("wrong") for _ in range(30)))
        assert sorted(answer.status for answer in answers) == [403] * 6 + [429] * 24


async def test_behind_a_proxy_the_last_address_counts(ward, token: str) -> None:
    async with ward(behind_proxy=True) as at:
        for number in range(8):
            answer = await at.log_in("wrong", headers={"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.1"})
        assert answer.status == 429
        assert (await at.log_in(token, headers={"X-Forwarded-For": "198.51.100.2"})).status == 303


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
async def test_another_sites_form_logs_nobody_in_or_out(ward, token: str, origin: str) -> None:
    async with ward() as at:
        assert (await at.log_in(token, headers={"Origin": origin})).status == 403
        await at.log_in(token)
        async with at.browser.post(f"{at.url}logout", headers={"Origin": origin}) as answer:
            assert answer.status == 403
        assert await at.status() == 200


async def test_who_logs_out_is_out_everywhere_with_that_cookie(ward, token: str) -> None:
    async with ward() as at:
        await at.log_in(token)
        (cookie,) = at.browser.cookie_jar
        stolen = f"{cookie.key}={cookie.value}"
        assert (await at.log_out()).status == 303
        assert await at.status() == 303
        assert await at.status(headers={"Cookie": stolen}) == 303


async def test_a_login_ends_by_rest(ward, token: str) -> None:
    async with ward(idle_minutes=5) as at:
        await at.log_in(token)
        at.clock.now += 299
        assert await at.status() == 200
        at.clock.now += 2
        assert await at.status() == 303


async def test_a_login_ends_by_age(ward, token: str) -> None:
    async with ward(idle_minutes=600, session_hours=1) as at:
        await at.log_in(token)
        at.clock.now += 3601
        assert await at.status() == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda place: flow.renew_token(place, "wang"),
        lambda place: flow.remove_account(place, "wang"),
        lambda place: flow.change_role(place, "wang", Role.ADJUDICATOR),
        lambda place: place.accounts_path.write_text("damaged"),
        lambda place: place.accounts_path.chmod(0o666),
    ],
)
async def test_a_changed_account_ends_its_logins(ward, place, token: str, change) -> None:
    flow.add_account(place, "li")
    async with ward() as at:
        await at.log_in(token)
        assert await at.status() == 200
        change(place)
        assert await at.status() == 303


@pytest.mark.parametrize("name", ["none", "damaged", "long"])
async def test_a_made_up_cookie_is_no_login(ward, token: str, name: str) -> None:
    made_up = {"none": "", "damaged": "\u00e9\u00ff", "long": "x" * 4000}[name]
    async with ward() as at:
        assert await at.status(headers={"Cookie": f"{at.site.cookie}={made_up}"}) == 303


async def test_the_login_page_speaks_two_languages_and_needs_no_script(ward, token: str) -> None:
    async with ward() as at:
        pages = {}
        for language in ("zh-CN,zh;q=0.9", "en-GB", "fr"):
            async with at.browser.get(f"{at.url}login", headers={"Accept-Language": language}) as answer:
                pages[language] = await answer.text()
        assert "令牌" in pages["zh-CN,zh;q=0.9"]
        assert "Please enter your token" in pages["en-GB"]
        assert pages["fr"] == pages["zh-CN,zh;q=0.9"], "as the workspace is set"
        assert all("<script" not in page and "width=device-width" in page for page in pages.values())


async def test_a_link_from_elsewhere_finds_who_is_logged_in(ward, token: str) -> None:
    async with ward() as at, at.browser.get(at.url, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert (answer.status, answer.headers["Refresh"]) == (200, "0;url=/login")


async def test_a_form_that_is_too_large_is_refused(ward, token: str) -> None:
    async with ward() as at:
        assert (await at.log_in("x" * 100_000)).status == 413


async def test_names_are_text_on_every_page(ward, place) -> None:
    token = flow.add_account(place, "<script>alert(1)</script>")
    async with ward() as at:
        await at.log_in(token)
        async with at.browser.get(at.url) as answer:
            page = await answer.text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_the_log_tells_who_came_and_no_token(ward, token: str) -> None:
    async with ward() as at:
        await at.log_in("wrong-token")
        await at.log_in(token)
        await at.log_out()
    said = "\n".join(at.log)
    assert "wrong token from 127.0.0.1" in said
    assert "wang logged in from 127.0.0.1" in said
    assert "wang logged out" in said
    assert token not in said
    assert "wrong-token" not in said
