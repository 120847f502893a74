"""Receipt evidence: what shows that a result was received, or speaks against it, and which of it counts.

The 14 days of PP 30/2019 arts 49(3) and 59(1) run from the receipt; the law does not say how it is proved.
"""

from enum import StrEnum


class Evidence(StrEnum):
    """How the receipt of a result is evidenced. Delivery alone is no receipt; it may only lead to `DEEMED`."""

    # The class keeps the name by which the document of the API calls it.
    SEEN = "seen"
    """The employee, signed in, opened the result."""
    ACKNOWLEDGED = "acknowledged"
    """*Tanda terima*: the employee confirmed it, or answered the result."""
    DEEMED = "deemed"
    """The agency's policy: delivered, and so many days went by."""
    REFUSED = "refused"
    """The employee would not take it; a witness note (*berita acara*) says so."""
    RECORDED = "recorded"
    """Handed over in person; the personnel officers put it on record."""


class ProviderWord(StrEnum):
    """What a provider says of the notice of a result. It is no receipt by itself."""

    DELIVERED = "delivered"
    """The notice arrived."""
    BOUNCED = "bounced"
    """The notice did not arrive after all."""


Level = Evidence | ProviderWord
"""A rung of the ladder of receipt evidence. An `Evidence` shows the receipt, a `ProviderWord` does not."""

LEVELS: tuple[Level, ...] = (
    ProviderWord.DELIVERED,
    ProviderWord.BOUNCED,
    Evidence.SEEN,
    Evidence.ACKNOWLEDGED,
    Evidence.DEEMED,
    Evidence.REFUSED,
    Evidence.RECORDED,
)
"""All levels, in the order in which those of one moment are shown."""

OFFICIAL = (Evidence.RECORDED, Evidence.REFUSED)
"""What the personnel officers may put on record; the first unless they say otherwise."""

_BY_NAME: dict[str, Level] = {level.value: level for level in LEVELS}


def level_of(name: str) -> Level:
    """The level that is stored as ``name``. Raises `KeyError` for an unknown one."""
    return _BY_NAME[name]


def is_receipt(level: Level) -> bool:
    """Whether the level shows that the employee has received the result."""
    return isinstance(level, Evidence)


def begins_the_days(evidence: Evidence, starts_with: Evidence) -> bool:
    """Whether the days of the response run from it; ``starts_with`` is the weakest act that counts by the scheme.

    Only an opening is weaker than an acknowledgement; all other evidence counts in every scheme.
    """
    return evidence is not Evidence.SEEN or starts_with is Evidence.SEEN
