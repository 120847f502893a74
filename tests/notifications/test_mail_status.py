import pytest

from notifications.mail_status import blames_address, enhanced_status


@pytest.mark.parametrize(
    "said",
    (
        "550 No such user here",
        "550 5.1.1 <budi@contoh.go.id>: Recipient address rejected: User unknown",
        "5.1.2 Host not found",
        "5.1.10 RESOLVER.ADR.RecipientNotFound",
        "550 5.2.1 The email account that you tried to reach is disabled",
        "5.0.0 550 mailbox unavailable",
        "553 mailbox name not allowed",
    ),
)
def test_an_address_is_blamed(said: str) -> None:
    assert blames_address(said)


@pytest.mark.parametrize(
    "said",
    (
        "552 5.2.2 Mailbox full",
        "550 5.7.1 Message rejected as spam by content filtering",
        "554 Transaction failed",
        "4.4.7 Message expired",
        "550 4.4.7 Delivery time expired",
        "5.3.4 Message too big",
        "5.1.8 Bad sender's system address",
        "",
        "it failed",
    ),
)
def test_an_address_is_not_blamed(said: str) -> None:
    assert not blames_address(said)


def test_the_status_is_found_among_other_numbers() -> None:
    assert enhanced_status("host 10.5.1.1 said: 550-5.1.1 no such user") == "5.1.1"
    assert enhanced_status("version 5.10.2.1 of 2026") is None
