"""Receipt evidence: what shows that a result was received, or was not, and which evidence counts.

The 14 days of PP 30/2019 arts 49(3) and 59(1) run from the receipt; the law does not say how to prove it.
"""

from enum import StrEnum


class Evidence(StrEnum):
    """How the receipt of a result is evidenced. Delivery alone is no receipt; it may only lead to `DEEMED`."""

    # The API's document names this class, so its name stays.
    SEEN = "seen"
    """The employee, signed in, opened the result."""
    ACKNOWLEDGED = "acknowledged"
    """*Tanda terima*: the employee confirmed it, or answered the result."""
    DEEMED = "deemed"
    """Agency policy: so many days passed after delivery."""
    REFUSED = "refused"
    """The employee refused it; a witness note (*berita acara*) says so."""
    RECORDED = "recorded"
    """Handed over in person; HR recorded it."""


class ProviderWord(StrEnum):
    """What a provider says about the notice of a result; by itself no receipt."""

    DELIVERED = "delivered"
    """The notice arrived."""
    BOUNCED = "bounced"
    """The notice did not arrive after all."""


Level = Evidence | ProviderWord
"""A level of receipt evidence. An `Evidence` shows the receipt, a `ProviderWord` does not."""

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
"""What HR may record; the first is the default."""

_BY_NAME: dict[str, Level] = {level.value: level for level in LEVELS}


def level_of(name: str) -> Level:
    """The level that is stored as ``name``. Raises `KeyError` for an unknown one."""
    return _BY_NAME[name]


def is_receipt(level: Level) -> bool:
    """Whether the level shows that the employee has received the result."""
    return isinstance(level, Evidence)


def begins_the_days(evidence: Evidence, starts_with: Evidence) -> bool:
    """Whether ``evidence`` begins the 14 days; ``starts_with`` is the weakest act that counts in the scheme.

    Only an opening is weaker than an acknowledgement; all other evidence counts in every scheme.
    """
    return evidence is not Evidence.SEEN or starts_with is Evidence.SEEN
