import uuid

import pytest

from notifications.return_path import ReturnPaths, looks_like_one

MESSAGE = uuid.UUID("0192f0c1-7a3b-7c4d-8e5f-001122334455")
PATHS = ReturnPaths("secret", "contoh.go.id")


def test_a_return_path_names_its_message() -> None:
    address = PATHS.make(MESSAGE)
    assert address.startswith(f"bounce+{MESSAGE.hex}.")
    assert address.endswith("@contoh.go.id")
    assert PATHS.read(address) == MESSAGE


def test_its_local_part_is_as_short_as_mail_servers_want_it() -> None:
    assert len(PATHS.make(MESSAGE).partition("@")[0]) <= 64


@pytest.mark.parametrize("form", ("<{}>", " {} ", "{}"))
def test_it_is_read_as_servers_write_it(form: str) -> None:
    assert PATHS.read(form.format(PATHS.make(MESSAGE)).upper()) == MESSAGE


def test_it_is_read_after_the_domain_has_changed() -> None:
    assert ReturnPaths("secret", "baru.go.id").read(PATHS.make(MESSAGE)) == MESSAGE


def test_nobody_else_can_make_one() -> None:
    assert PATHS.read(ReturnPaths("another secret", "contoh.go.id").make(MESSAGE)) is None


def test_the_signature_of_one_message_is_none_for_another() -> None:
    other = PATHS.make(uuid.UUID(int=1)).replace(uuid.UUID(int=1).hex, MESSAGE.hex)
    assert PATHS.read(other) is None


@pytest.mark.parametrize(
    "address",
    (
        "",
        "budi@contoh.go.id",
        "bounce+@contoh.go.id",
        f"bounce+{MESSAGE.hex}@contoh.go.id",
        f"bounce+{MESSAGE.hex}.",
    ),
)
def test_any_other_address_is_none(address: str) -> None:
    assert PATHS.read(address) is None


def test_forged_ones_are_recognised_as_meant_for_the_intake() -> None:
    assert looks_like_one("BOUNCE+xyz@contoh.go.id")
    assert not looks_like_one("budi@contoh.go.id")
