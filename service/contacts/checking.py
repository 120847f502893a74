"""Checks an address before messages go to it."""

from service.contacts.addresses import NEEDED, NO_ADDRESS, NO_NUMBER, WITHOUT_CONSENT, usable
from service.contacts.schemas import NewAddress
from service.problems import FieldError, Invalid
from store.message.channels import ChannelName


def checked_address(channel: ChannelName, body: NewAddress) -> str:
    """The address in the channel's own form. Raises `Invalid`, also when the consent is missing."""
    errors = []
    address = None if body.address is None else usable(channel, body.address)
    if body.address is None:
        errors.append(FieldError("/address", NEEDED))
    elif address is None:
        errors.append(FieldError("/address", NO_NUMBER if channel is ChannelName.WHATSAPP else NO_ADDRESS))
    if not body.consent:
        errors.append(FieldError("/consent", WITHOUT_CONSENT))
    if errors or address is None:
        raise Invalid(errors=errors)
    return address
