"""Which results of the periods of a year are open to somebody."""

from dataclasses import dataclass, replace

from content.rules import ContentRules
from content.sight.roles import roles_of
from content.sight.rules import Kind
from service.appraisals.result_shown import waits_to_be_seen
from service.sight.seeing import ContentSight
from states.appraisal import Appraisal
from states.codec import load_appraisal
from states.stages import Capacity
from store.file.periods import StoredPeriod


@dataclass(frozen=True, slots=True)
class SeenPeriod:
    """One period of a year, and how much of it the asker sees."""

    stored: StoredPeriod
    appraisal: Appraisal
    rules: ContentRules | None
    open: bool
    """Whether its result is open to the asker."""

    @property
    def opens_unseen_result(self) -> bool:
        """Whether its result waits to be seen, and the answer would show it."""
        return self.open and waits_to_be_seen(self.appraisal)


def seen_period(sight: ContentSight, stored: StoredPeriod, rules: ContentRules | None) -> SeenPeriod:
    """How the asker sees a period of the year of the case at hand.

    Whoever sees the case at hand sees the delivered results of the periods before it as he sees the one at hand:
    the next rater considers them. Any other result he sees by what he is on its own case.
    """
    appraisal = load_appraisal(stored.snapshot)
    roles = roles_of(map(Capacity, stored.capacities))
    is_asked = stored.id == sight.sight.case.id
    if is_asked or (stored.period < sight.sight.case.period and not sight.own):
        roles |= sight.roles
    there = ContentSight(replace(sight.sight, appraisal=appraisal, content=rules), roles)
    is_there = stored.content is not None and stored.delivered
    return SeenPeriod(stored, appraisal, rules, is_there and there.sees(Kind.RATING))
