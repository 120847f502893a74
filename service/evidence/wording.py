"""How evidence is called, in the language of its reader."""

from collections.abc import Mapping

from service.evidence.reaching import Reachability
from translations import Locale, translate
from translations import mark as _

REACHABILITY: Mapping[Reachability, str] = {
    Reachability.REACHABLE: _("It answered when it was added"),
    Reachability.UNREACHABLE: _("It did not answer when it was added"),
    Reachability.NOT_TRIED: _("Not tried: it leads into a network that is not open to everybody"),
}


def reachability_name(state: str, locale: Locale) -> str:
    """Whether a link answered, in words."""
    return translate(REACHABILITY[Reachability(state)], locale)
