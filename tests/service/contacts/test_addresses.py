"""What may be an address of a chat channel, however it is written."""

import pytest

from service.contacts.addresses import LONGEST, mobile_number, usable
from store.message.channels import ChannelName


@pytest.mark.parametrize(
    "written",
    (
        "+6281234567890",
        "6281234567890",
        "081234567890",
        "+62 812-3456-7890",
        "(0812) 3456.7890",
        " +62 812 3456 7890 ",
    ),
)
def test_an_indonesian_mobile_number_is_one_however_it_is_written(written: str) -> None:
    assert mobile_number(written) == "+6281234567890"


@pytest.mark.parametrize("written", ("+62812345678", "+6281234567890", "+62899123456789"))
def test_mobile_numbers_are_short_and_long(written: str) -> None:
    assert mobile_number(written) == written


@pytest.mark.parametrize(
    "written",
    (
        "",
        "0",
        "+62215000000",
        "+6281234",
        "+628123456789012",
        "+60123456789",
        "+6280123456789",
        "81234567890",
        "+62812345678٠٠",
        "+6281234567890x",
        "++6281234567890",
        "+62081234567890",
    ),
)
def test_other_numbers_are_none(written: str) -> None:
    assert mobile_number(written) is None


def test_a_number_is_kept_as_the_channel_writes_it() -> None:
    assert usable(ChannelName.WHATSAPP, "0812 3456 7890") == "+6281234567890"


@pytest.mark.parametrize("written", ("a", "pegawai/17", "budi@gerbang", "kota contoh 17", "x" * LONGEST))
def test_a_gateway_may_know_people_by_anything_printable(written: str) -> None:
    assert usable(ChannelName.WEBHOOK, written) == written


@pytest.mark.parametrize("written", ("", " ", " a", "a ", "a\nb", "a\tb", "a\0", "x" * (LONGEST + 1)))
def test_what_cannot_be_stored_or_sent_is_no_address(written: str) -> None:
    assert usable(ChannelName.WEBHOOK, written) is None
