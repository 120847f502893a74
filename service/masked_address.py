"""Addresses as others than their owner's personnel office may see them."""


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
