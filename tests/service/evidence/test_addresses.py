"""Which addresses are taken as links, and which hosts belong to the open internet."""

import httpx
import pytest
from pydantic_core import PydanticCustomError

from service.evidence.addresses import is_public, is_usual_port, web_address


@pytest.mark.parametrize(
    "address",
    (
        "https://layanan.example.go.id/laporan?bulan=3#tabel",
        "http://layanan.example.go.id",
        "HTTPS://LAYANAN.EXAMPLE.GO.ID/",
        "https://layanan.example.go.id:8443/@siti/laporan",
        "https://кириллица.example/",
        "https://[2001:db8::1]/laporan",
    ),
)
def test_an_address_of_the_web_is_taken_as_it_is(address: str) -> None:
    assert web_address(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    (
        "",
        "laporan.pdf",
        "//layanan.example.go.id/",
        "ftp://layanan.example.go.id/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///laporan",
        "https://siti@layanan.example.go.id/",
        "https://siti:rahasia@layanan.example.go.id/",
        "https://@layanan.example.go.id/",
        "https://layanan.example.go.id:99999/",
        "https://layanan.example.go.id/a b",
        "https://layanan.example.go.id/\nHost: x",
        "https://layanan.example.go.id\\@jahat.example/",
        "https://layanan.example.go.id/\u202egpj.exe",
        "https://[::1/",
    ),
)
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(PydanticCustomError):
        web_address(address)


@pytest.mark.parametrize("address", ("8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"))
def test_a_host_of_the_open_internet_may_be_tried(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104  # nothing is bound
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
    ),
)
def test_a_host_of_a_network_that_is_not_open_to_everybody_is_not_tried(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "usual"),
    (
        ("https://a.example/", True),
        ("http://a.example:8080/", True),
        ("http://a.example:22/", False),
        ("https://a.example:5432/", False),
    ),
)
def test_only_ports_of_pages_are_knocked_at(address: str, usual: bool) -> None:
    assert is_usual_port(httpx.URL(address)) is usual
