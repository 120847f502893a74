"""A link is tried without going where nobody may send this service."""

import asyncio
import socket
from typing import Any

import pytest

from service.configuration.settings import load_settings
from service.evidence import reaching
from service.evidence.reaching import Links, Reachability
from tests.service.evidence.pages import OK, failed, moved, pages

HERE = Links(["127.0.0.1", "Localhost"])


async def test_a_page_that_answers_is_reachable() -> None:
    async with pages({"HEAD /laporan?a=1": OK}) as serving:
        reached = await HERE.reach(f"http://localhost:{serving.port}/laporan?a=1")
    assert reached is Reachability.REACHABLE
    assert serving.asked == [("HEAD /laporan?a=1", f"localhost:{serving.port}")]


async def test_a_server_that_knows_no_heads_is_asked_for_the_page_which_is_not_read() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    async with pages({"HEAD /": failed(405), "GET /": endless}) as serving:
        assert await HERE.reach(f"http://127.0.0.1:{serving.port}/") is Reachability.REACHABLE
    assert [line for line, _ in serving.asked] == ["HEAD /", "GET /"]


@pytest.mark.parametrize("status", (403, 404, 500))
async def test_an_error_is_unreachable(status: int) -> None:
    async with pages({"HEAD /": failed(status), "GET /": failed(status)}) as serving:
        assert await HERE.reach(f"http://127.0.0.1:{serving.port}/") is Reachability.UNREACHABLE


async def test_redirects_are_followed_three_times() -> None:
    answers = {"HEAD /1": moved("/2"), "HEAD /2": moved("/3"), "HEAD /3": moved("/4"), "HEAD /4": OK}
    async with pages(answers) as serving:
        assert await HERE.reach(f"http://127.0.0.1:{serving.port}/1") is Reachability.REACHABLE


async def test_redirects_without_end_are_unreachable() -> None:
    async with pages({"HEAD /": moved("/")}) as serving:
        assert await HERE.reach(f"http://127.0.0.1:{serving.port}/") is Reachability.UNREACHABLE
    assert len(serving.asked) == 4


async def test_a_redirect_into_the_own_network_is_not_followed() -> None:
    async with pages({"HEAD /secret": OK}) as inside:
        for location in (
            f"http://127.0.0.1:{inside.port}/secret",
            "http://[::ffff:7f00:1]/",
            "ftp://x.example/",
        ):
            async with pages({"HEAD /": moved(location)}) as outside:
                reached = await Links(["localhost"]).reach(f"http://localhost:{outside.port}/")
            assert reached is Reachability.NOT_TRIED
    assert inside.asked == []


@pytest.mark.parametrize(
    "address",
    (
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://127.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0.0.0.0:{port}/",
    ),
)
async def test_the_own_machine_is_not_tried_however_it_is_written(address: str) -> None:
    async with pages({"HEAD /": OK}) as serving:
        assert await Links().reach(address.format(port=serving.port)) is not Reachability.REACHABLE
    assert serving.asked == []


async def test_what_was_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    async with pages({"HEAD /": OK}) as serving:
        links = Links(["arsip.example.go.id"])
        reached = await links.reach(f"http://arsip.example.go.id:{serving.port}/")
    assert reached is Reachability.REACHABLE
    assert "arsip.example.go.id" in asked
    assert set(asked) <= {"arsip.example.go.id", "127.0.0.1"}
    assert serving.asked == [("HEAD /", f"arsip.example.go.id:{serving.port}")]


async def test_a_name_with_one_private_address_among_public_ones_is_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("8.8.8.8", "10.0.0.1")
        ]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    assert await Links().reach("https://jahat.example/") is Reachability.NOT_TRIED


async def test_a_name_that_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(host: str, port: int, **_: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    assert await Links().reach("https://tidak-ada.example/") is Reachability.UNREACHABLE


async def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "_SECONDS", 0.3)
    async with pages({"HEAD /": None}) as serving:
        assert await HERE.reach(f"http://127.0.0.1:{serving.port}/") is Reachability.UNREACHABLE


async def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert await HERE.reach(f"http://127.0.0.1:{closed.getsockname()[1]}/") is Reachability.UNREACHABLE


async def test_what_is_no_web_server_is_unreachable() -> None:
    async with pages({"HEAD /": b"220 smtp ready\r\n"}) as serving:
        assert await HERE.reach(f"http://127.0.0.1:{serving.port}/") is Reachability.UNREACHABLE


async def test_the_hosts_come_from_the_settings() -> None:
    settings = load_settings({"KINERJA_EVIDENCE_LINK_HOSTS": "arsip.example.go.id localhost"})
    async with pages({"HEAD /": OK}) as serving:
        address = f"http://localhost:{serving.port}/"
        assert await Links.from_settings(settings).reach(address) is Reachability.REACHABLE
        assert await Links.from_settings(load_settings({})).reach(address) is Reachability.NOT_TRIED
