"""A masked address is recognised by its owner and of no use to others."""

import pytest

from service.notices.masked_address import masked_address, without_address


@pytest.mark.parametrize(
    ("address", "masked"),
    (
        ("pegawai@contoh.example", "p***@contoh.example"),
        ("a@contoh.example", "a***@contoh.example"),
        ("@contoh.example", "***@contoh.example"),
        ("628123456789", "***789"),
        ("123456", "***"),
        ("", ""),
    ),
)
def test_a_masked_address(address: str, masked: str) -> None:
    assert masked_address(address) == masked


def test_an_address_in_the_words_of_a_provider_is_masked_too() -> None:
    said = "550 5.1.1 <Pegawai@Contoh.example>: no such user; pegawai@contoh.example"
    masked = "550 5.1.1 <p***@contoh.example>: no such user; p***@contoh.example"
    assert without_address(said, "pegawai@contoh.example") == masked


def test_where_no_address_is_known_the_words_stay_as_they_are() -> None:
    assert without_address("no e-mail address is known", "") == "no e-mail address is known"
