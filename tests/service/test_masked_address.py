"""A masked address is recognised by its owner and of no use to others."""

import pytest

from service.masked_address import masked_address


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
