import socket
from collections.abc import Iterator

import pytest

from service.runtime.ports import Ports, any_free_port, is_free
from service.runtime.problems import PortTaken


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_usual_port_is_taken_when_it_is_free() -> None:
    usual = any_free_port()
    assert Ports({}).choose("api", usual) == usual


def test_another_port_is_found_when_the_usual_one_is_taken(taken_port: int) -> None:
    port = Ports({}).choose("api", taken_port)
    assert port != taken_port
    assert is_free(port)


def test_the_port_of_the_last_start_comes_before_the_usual_one() -> None:
    usual, last = any_free_port(), any_free_port()
    assert Ports({"api": last}).choose("api", usual) == last


def test_the_usual_port_is_taken_again_when_that_of_the_last_start_is_gone(taken_port: int) -> None:
    usual = any_free_port()
    assert Ports({"api": taken_port}).choose("api", usual) == usual


def test_two_servers_never_get_one_port() -> None:
    usual = any_free_port()
    ports = Ports({})
    assert ports.choose("temporal", usual) != ports.choose("temporal-ui", usual)
    assert set(ports.chosen) == {"temporal", "temporal-ui"}


def test_a_port_that_was_asked_for_is_not_replaced_by_another(taken_port: int) -> None:
    with pytest.raises(PortTaken, match=f"Port {taken_port} .* set KINERJA_API_PORT to another port"):
        Ports({}).insist("api", taken_port, "KINERJA_API_PORT")


def test_a_port_that_was_asked_for_and_is_free_is_taken() -> None:
    port = any_free_port()
    assert Ports({}).insist("api", port, "KINERJA_API_PORT") == port


def test_a_port_that_listens_on_all_addresses_is_not_free() -> None:
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))  # noqa: S104
        listener.listen()
        assert not is_free(listener.getsockname()[1])


def test_a_port_is_free_again_right_after_its_server_stopped() -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listener.accept()[0].close()
    assert is_free(port)
