import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from service.configuration.structured_logging import configure_logging

NIP = "198701012010011001"


class Lines:
    """What has been logged, one dictionary a line."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def last(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self.text.splitlines()[-1])
        return line


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    structlog.contextvars.clear_contextvars()
    captured = Lines()
    configure_logging("json", "debug", captured.stream)
    yield captured
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_one_json_object_with_time_level_and_logger(lines: Lines) -> None:
    structlog.get_logger("kinerja.test").info("plan_submitted", case="A-1")
    assert lines.last["event"] == "plan_submitted"
    assert lines.last["case"] == "A-1"
    assert lines.last["level"] == "info"
    assert lines.last["logger"] == "kinerja.test"
    assert lines.last["at"].endswith("Z")


def test_ids_bound_to_the_context_are_on_every_line(lines: Lines) -> None:
    structlog.contextvars.bind_contextvars(request_id="r-1")
    structlog.get_logger().info("first")
    logging.getLogger("library").warning("second")
    assert [json.loads(line)["request_id"] for line in lines.text.splitlines()] == ["r-1", "r-1"]


def test_the_standard_library_logs_through_the_same_chain(lines: Lines) -> None:
    logging.getLogger("sqlalchemy").warning("slow query for %s", NIP, extra={"token": "abc"})
    assert lines.last["event"] == "slow query for [nip]"
    assert lines.last["token"] == "[redacted]"
    assert lines.last["level"] == "warning"


@pytest.mark.parametrize(
    "key",
    (
        "nip",
        "rating",
        "reason",
        "token",
        "secret",
        "authorization",
        "Authorization",
        "access_token",
        "X-Secret",
        "NIP",
    ),
)
def test_a_private_key_is_redacted(lines: Lines, key: str) -> None:
    structlog.get_logger().info("request", **{key: "private"})
    assert lines.last[key] == "[redacted]"


@pytest.mark.parametrize("key", ("stage", "ratings_due", "snippet", "case"))
def test_a_key_that_only_looks_alike_is_kept(lines: Lines, key: str) -> None:
    structlog.get_logger().info("request", **{key: "public"})
    assert lines.last[key] == "public"


@pytest.mark.parametrize(
    "value",
    (
        f"person {NIP} refused",
        "19870101 201001 1 001",
        "19870101.201001.1.001",
        f"appraisal/{NIP}/2026",
        int(NIP),
        NIP.encode(),
    ),
)
def test_a_nip_is_taken_out_of_any_value(lines: Lines, value: object) -> None:
    structlog.get_logger().info("seen", value=value)
    assert "[nip]" in lines.last["value"]
    assert "201001" not in lines.text


def test_a_nip_is_taken_out_of_the_message_itself(lines: Lines) -> None:
    structlog.get_logger().info(f"person {NIP} not found")
    assert lines.last["event"] == "person [nip] not found"


def test_nested_values_are_searched(lines: Lines) -> None:
    structlog.get_logger().info(
        "body", body={"people": [{"nip": "x", "id": NIP}, (NIP,)], NIP: {"reason": "x"}}
    )
    assert lines.last["body"] == {
        "people": [{"nip": "[redacted]", "id": "[nip]"}, ["[nip]"]],
        "[nip]": {"reason": "[redacted]"},
    }


def test_other_objects_are_searched_in_what_they_print(lines: Lines) -> None:
    class Person:
        def __repr__(self) -> str:
            return f"Person({NIP})"

    structlog.get_logger().info("person", person=Person())
    assert lines.last["person"] == "Person([nip])"


@pytest.mark.parametrize("value", (17 * "1", 19 * "1", 1795438478300000000, True, None, 2.5))
def test_other_numbers_are_kept(lines: Lines, value: object) -> None:
    structlog.get_logger().info("number", value=value)
    assert lines.last["value"] == value


def test_a_nip_in_the_text_of_an_exception_is_taken_out(lines: Lines) -> None:
    try:
        raise ValueError(f"duplicate key (nip)=({NIP})")
    except ValueError:
        structlog.get_logger().exception("failed")
    assert "duplicate key (nip)=([nip])" in lines.last["exception"]
    assert NIP not in lines.text


def test_an_exception_shows_no_local_variables(lines: Lines) -> None:
    password_of_somebody = "hunter" + str(2)
    try:
        raise RuntimeError("failed while holding it")
    except RuntimeError:
        structlog.get_logger().exception("failed")
    assert password_of_somebody not in lines.text


def test_lines_below_the_level_are_dropped(lines: Lines) -> None:
    configure_logging("json", "warning", lines.stream)
    structlog.get_logger().info("quiet")
    logging.getLogger("library").info("quiet")
    assert lines.text == ""


def test_configuring_twice_does_not_write_twice(lines: Lines) -> None:
    configure_logging("json", "info", lines.stream)
    structlog.get_logger().info("once")
    assert len(lines.text.splitlines()) == 1


def test_the_console_is_redacted_and_readable_too(lines: Lines) -> None:
    configure_logging("console", "info", lines.stream)
    try:
        raise ValueError(NIP)
    except ValueError:
        structlog.get_logger().exception("failed", token="abc", person=NIP)
    assert "failed" in lines.text
    assert "ValueError: [nip]" in lines.text
    assert "abc" not in lines.text
    assert NIP not in lines.text


def test_the_servers_own_logs_are_taken_over(lines: Lines) -> None:
    logging.getLogger("uvicorn.access").addHandler(logging.StreamHandler(io.StringIO()))
    logging.getLogger("uvicorn.access").propagate = False
    configure_logging("json", "info", lines.stream)
    logging.getLogger("uvicorn.access").info("GET /people/%s", NIP)
    assert lines.last["event"] == "GET /people/[nip]"


@pytest.mark.parametrize("name", ("httpx", "httpcore.http11"))
def test_calls_of_providers_are_not_logged_with_their_addresses(lines: Lines, name: str) -> None:
    logging.getLogger(name).info("HTTP Request: POST https://api.telegram.org/bot1:SECRET/sendMessage")
    assert "SECRET" not in lines.text
