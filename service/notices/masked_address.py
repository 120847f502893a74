"""Addresses as others than their owner's personnel office may see them."""

import re


def masked_address(address: str) -> str:
    """Enough to recognise an address and too little to write to it.

    Of an e-mail address the first letter and the domain, of a number or a chat the last three characters.
    """
    if not address:
        return ""
    local, at, domain = address.rpartition("@")
    if at:
        return f"{local[:1]}***@{domain}"
    return f"***{address[-3:]}" if len(address) > 6 else "***"


def without_address(told: str, address: str) -> str:
    """What a provider said, with the address masked wherever it repeats it, in whatever case."""
    if not address:
        return told
    return re.sub(re.escape(address), lambda _: masked_address(address), told, flags=re.IGNORECASE)
