"""As what a person looks at a case, from the capacities that he holds in it."""

from collections.abc import Iterable

from content.sight.rules import Role
from states.stages import Capacity

_ROLES = {
    Capacity.EMPLOYEE: Role.EMPLOYEE,
    Capacity.RATER: Role.RATER,
    Capacity.RATER_SUPERIOR: Role.RATER_SUPERIOR,
    Capacity.APPEALS_OFFICER: Role.APPEALS_OFFICER,
    Capacity.HR: Role.HR,
}
"""The clock looks at nothing, and the officer's superior is only told that he is silent."""


def roles_of(capacities: Iterable[Capacity]) -> frozenset[Role]:
    """The roles of a person in a case.

    In his own case somebody is the employee and nothing else: an officer of HR sees his own draft rating no sooner
    than others see theirs.
    """
    roles = frozenset(_ROLES[capacity] for capacity in capacities if capacity in _ROLES)
    return frozenset({Role.EMPLOYEE}) if Role.EMPLOYEE in roles else roles
