import datetime as dt
import uuid
from typing import Any

import pytest

from service.channels.whatsapp_receipts import receipts_in
from store.message.channels import ChannelName
from store.message.delivery_reports import LaterWord, Outcome
from tests.service.receipts import call, failed, status

NOW = dt.datetime(2026, 1, 9, 5, tzinfo=dt.UTC)
SAID = dt.datetime(2026, 1, 9, 3, tzinfo=dt.UTC)


def words(content: object) -> list[LaterWord]:
    return list(receipts_in(content, NOW))


def test_a_delivered_message_is_delivered_by_its_reference_at_metas_moment() -> None:
    assert words(call(status("delivered"))) == [
        LaterWord(Outcome.DELIVERED, "delivered", SAID, channel=ChannelName.WHATSAPP, reference="wamid.1")
    ]


def test_a_read_message_is_seen() -> None:
    assert [word.outcome for word in words(call(status("read")))] == [Outcome.SEEN]


def test_our_own_id_counts_where_it_came_back() -> None:
    own = uuid.uuid4()
    (word,) = words(call(status("delivered", biz_opaque_callback_data=own.hex)))
    assert word.message == own


def test_a_number_that_is_not_on_whatsapp_is_at_fault() -> None:
    (word,) = words(call(failed(131026)))
    assert (word.outcome, word.bad_address) == (Outcome.BOUNCED, True)
    assert word.answer == "error 131026: Failed – Details"


@pytest.mark.parametrize("code", (131047, 131049, 130472, 131042))
def test_another_failure_is_no_fault_of_the_number(code: int) -> None:
    (word,) = words(call(failed(code)))
    assert (word.outcome, word.bad_address) == (Outcome.BOUNCED, False)


def test_sent_says_nothing_new() -> None:
    assert words(call(status("sent"))) == []


def test_several_receipts_come_in_one_call() -> None:
    content = call(status("delivered", "wamid.1"), status("read", "wamid.2"))
    assert [word.reference for word in words(content)] == ["wamid.1", "wamid.2"]


def test_a_clock_that_is_ahead_does_not_date_receipts_into_the_future() -> None:
    (word,) = words(call(status("delivered", timestamp="99999999999")))
    assert word.at == NOW


@pytest.mark.parametrize("timestamp", (None, "", "x", "-1", "²", 17, "9" * 40))
def test_a_moment_that_is_none_is_now(timestamp: Any) -> None:
    (word,) = words(call(status("delivered", timestamp=timestamp)))
    assert word.at == NOW


@pytest.mark.parametrize(
    "content",
    (
        None,
        [],
        {},
        "text",
        {"entry": 1},
        {"entry": [1, None]},
        {"entry": [{"changes": [{"value": 1}]}]},
        call(None, 1, "x", {}, {"status": []}, {"status": "delivered"}, {"status": "delivered", "id": 1}),
        call({"id": "w", "status": {"a": 1}}),
    ),
)
def test_what_has_another_form_is_passed_over(content: object) -> None:
    assert words(content) == []


def test_incoming_messages_of_people_are_not_read() -> None:
    content = call()
    content["entry"][0]["changes"][0]["value"]["messages"] = [{"from": "62", "text": {"body": "halo"}}]
    assert words(content) == []
