"""Shows who sees what under a scheme, and when."""

from collections.abc import Mapping

from content.rules import ContentRules
from content.sight.rules import Kind, Role
from content.sight.table import sight_of
from service.cli.scheme_wording import KINDS, SIGHTS
from service.cli.speaking import show_table, spoken
from service.wording import CAPACITIES
from states.stages import Stage
from translations import mark as _

_MOMENTS: Mapping[tuple[Stage, bool], str] = {
    (Stage.FEEDBACK_MEETING, False): _("Who sees what before the result is delivered"),
    (Stage.RESPONSE, True): _("Who sees what once it is delivered"),
    (Stage.OBJECTION_REVIEW, True): _("Who sees what while an objection is examined"),
}


def show_sight(content: ContentRules) -> None:
    """Prints a table of roles and kinds of content for each of the moments that differ."""
    columns = (spoken(_("What")), *(spoken(CAPACITIES[role.value]) for role in Role))
    for (stage, delivered), title in _MOMENTS.items():
        rows: list[tuple[object, ...]] = [
            (
                spoken(KINDS[kind]),
                *(spoken(SIGHTS[sight_of(content, role, kind, stage, delivered=delivered)]) for role in Role),
            )
            for kind in Kind
            if kind is not (Kind.RATING_DRAFT if delivered else Kind.RATING)
        ]
        show_table(spoken(title), columns, rows)
