"""Who sees what: the one table that every face asks."""

from collections.abc import Iterable

from content.rules import ContentRules
from content.sight.defaults import DEFAULTS
from content.sight.floors import OPENNESS, floor_of
from content.sight.rules import Kind, Role, Sight
from states.stages import Stage


def sight_of(rules: ContentRules | None, role: Role, kind: Kind, stage: Stage, *, delivered: bool) -> Sight:
    """How somebody in a role sees a kind of content of a case.

    ``stage`` is the stage of work: of a suspended case the one in which it was stopped. ``delivered`` says whether
    the result at hand has reached the employee; a rating that has not is a draft, whatever it is asked for as.
    ``rules`` is None for a scheme without content rules, for which the defaults hold.
    """
    if kind is Kind.RATING and not delivered:
        kind = Kind.RATING_DRAFT
    floor = floor_of(role, kind, stage, delivered=delivered)
    if floor is not None and not floor.limits:
        return floor.sight
    said = Sight.HIDDEN
    for rule in (*DEFAULTS, *(rules.sight if rules else ())):
        if (
            role in rule.roles
            and kind in rule.kinds
            and (not rule.stages or stage in rule.stages)
            and (delivered or not rule.only_delivered)
        ):
            said = rule.sight
    return said if floor is None or floor.allows(said) else floor.sight


def sight_for(
    rules: ContentRules | None, roles: Iterable[Role], kind: Kind, stage: Stage, *, delivered: bool
) -> Sight:
    """How a person with several roles in a case sees something: as the one that sees most; hidden without a role.

    Leniency is about the rater: who is HR as well does not see it of himself. The roles are those of `roles_of`,
    which leaves nobody but the employee in his own case.
    """
    held = set(roles)
    if kind is Kind.LENIENCY and Role.RATER in held:
        return Sight.HIDDEN
    sights = [sight_of(rules, role, kind, stage, delivered=delivered) for role in held]
    return max(sights, key=OPENNESS.index, default=Sight.HIDDEN)
