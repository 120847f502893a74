"""Words in addresses, as people send them: what no list can look for is refused before the database is asked."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


def _without_nul(word: str) -> str:
    """PostgreSQL has no text with the character NUL."""
    if "\0" in word:
        raise PydanticCustomError("nul_character", "The text must not contain the character NUL")
    return word


Word = Annotated[str, AfterValidator(_without_nul)]
"""A text in an address. Every such parameter is one: `tests/service/api/test_words_in_addresses.py` looks at all."""
