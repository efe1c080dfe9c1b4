from __future__ import annotations

import socket

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.errors import UsageError
from pedcorpus.settings import WebSettings, Workspace
from pedcorpus.web.server import site_of


def site(place: Workspace, **settings: object):
    return site_of(place, ["review"], settings=WebSettings(**settings), reviewer="wang", tell=print)


@pytest.mark.parametrize(
    "settings", [{"host": "0.0.0.0"}, {"host": "::"}, {"host": "review.example"}, {"behind_proxy": True}]
)
def test_nobody_comes_in_from_outside_without_an_account(place: Workspace, settings: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="pedcorpus reviewers add NAME"):
        site(place, **settings)
    flow.add_account(place, "wang")
    assert site(place, **settings).needs_login


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_needs_no_account(place: Workspace, host: str) -> None:
    assert not site(place, host=host).needs_login


def test_a_name_is_an_argument_and_no_option_or_shell(place: Workspace) -> None:
    command = site(place).command("--accept-all; rm -rf /")
    assert command[-1] == "--reviewer=--accept-all; rm -rf /"
    assert command[-2] == "review"


async def test_a_port_that_is_taken_is_told(ward) -> None:
    told = pytest.raises(UsageError, match="choose others with --host and --port")
    with socket.create_server(("127.0.0.1", 0)) as taken, told:
        async with ward(port=taken.getsockname()[1]):
            pass


@pytest.mark.parametrize("option", [["--port", "9"], ["--host", "0.0.0.0"], ["--behind-proxy"]])
def test_an_option_without_effect_is_wrong_usage(
    tmp_path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", str(tmp_path), "review", *option]) == 2
    assert "add --web" in capsys.readouterr().err


def test_a_workspace_without_a_corpus_is_told_before_anybody_logs_in(
    tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", str(tmp_path), "review", "--web"]) == 3
    assert "no corpus here" in capsys.readouterr().err
