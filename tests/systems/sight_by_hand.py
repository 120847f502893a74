"""Who sees what and when, written by hand: not derived from the table that the service asks."""

from collections.abc import Mapping

from tests.systems.walk import STAGES

PEOPLE = {
    "e": "employee",
    "o": "own_hr",
    "r": "rater",
    "s": "superior",
    "a": "appeals",
    "h": "hr",
    "f": "former",
    "c": "colleague",
    "x": "stranger",
}
"""One letter for each who looks. Whoever is not named sees nothing: a former rater, a colleague, another agency."""

_ = ""
SEES: Mapping[str, tuple[str, str, str, str, str, str, str]] = {
    # kind                planned  checked  assessed rated    delivered objected  decided
    "plan": ("eorsh", "eorsh", "eorsh", "eorsh", "eorsh", "eorsah", "eorsh"),
    "owndraft": ("eo", "eo", "eo", "eo", "eo", "eo", "eo"),
    # What he had written otherwise than he handed it in is kept aside for him.
    "raterdraft": (_, "r", "r", "r", "r", "r", "r"),
    "checkin": (_, "eorh", "eorh", "eorh", "eorh", "eorah", "eorh"),
    "selfassessment": (_, _, "eorh", "eorh", "eorh", "eorah", "eorh"),
    "evidence": (_, "eorh", "eorh", "eorh", "eorh", "eorah", "eorh"),
    "progress": (_, "eorh", "eorh", "eorh", "eorh", "eorah", "eorh"),
    "note": ("eorh", "eorh", "eorh", "eorh", "eorh", "eorah", "eorh"),
    "coaching": (_, "eor", "eor", "eor", "eor", "eor", "eor"),
    "counselling": (_, "eor", "eor", "eor", "eor", "eor", "eor"),
    # The one who counselled no longer sees the case, and his successor never sees what he noted.
    "formercounselling": ("eo", "eo", "eo", "eo", "eo", "eo", "eo"),
    "rating": (_, _, _, "rsh", "eorsh", "eorsah", "eorsh"),
    "outcome": (_, _, _, "rsh", "eorsh", "eorsah", "eorsh"),
    "appointment": (_, _, _, "eorh", "eorh", "eorah", "eorh"),
    "meeting": (_, _, _, _, "eorh", "eorah", "eorh"),
    "objection": (_, _, _, _, _, "eorsah", "eorsh"),
    "hearing": (_, _, _, _, _, "eorah", "eorh"),
    "decision": (_, _, _, _, _, _, "eorsh"),
}
"""Letters of those who see a kind, at each of the `STAGES`."""
_FROM_THE_RATING_ON = (_, _, "s", "s", "s", "s", "s")
MORE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    # A conflict of interest may bring the case to the rater's superior.
    "samarinda": dict.fromkeys(("evidence", "note"), ("s",) * len(STAGES)),
    # Who answers for the rating sees what it rests on.
    "kotabumi-akuntabilitas": dict.fromkeys(
        ("checkin", "selfassessment", "evidence", "progress", "note"), _FROM_THE_RATING_ON
    ),
}
"""Who sees more under a scheme, at each of the `STAGES`."""


def allowed(scheme: str, moment: str, person: str) -> set[str]:
    """The kinds that somebody may see at a moment."""
    place = STAGES.index(moment)
    return {
        kind
        for kind, letters in SEES.items()
        if letters[place]
        and person in {PEOPLE[letter] for letter in letters[place] + _more(scheme, kind, place)}
    }


def _more(scheme: str, kind: str, place: int) -> str:
    at_each = MORE.get(scheme, {}).get(kind)
    return "" if at_each is None else at_each[place]
