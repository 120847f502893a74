"""Revisions of a plan, in the language of their reader."""

from content.rules import ContentRules
from service.filled.schemas import Filled
from service.filled.showing import shown_filled
from service.filled.titles import Titles
from service.plans.revisions import Revision
from service.plans.schemas import PlanRevision, RevisionLine
from service.plans.wording import ground_name, state_name
from states.codec import Json
from states.triggers import Trigger
from translations import Locale


def shown_line(revision: Revision, locale: Locale) -> RevisionLine:
    """A revision without what it says."""
    submitted, decided = revision.submitted, revision.decided
    return RevisionLine(
        number=revision.number,
        digest=revision.digest,
        state=revision.state,
        state_name=state_name(revision.state, locale),
        submitted_at=submitted.at,
        submitted_by=submitted.actor or "",
        decided_at=None if decided is None else decided.at,
        decided_by=None if decided is None else decided.actor,
        on_behalf_of=None if decided is None else decided.on_behalf_of,
        ground=revision.ground,
        ground_name=ground_name(revision.ground, locale),
        superseded_by=revision.superseded_by,
    )


def shown_plan(written: Json, rules: ContentRules | None, titles: Titles, locale: Locale) -> Filled:
    """What a plan says."""
    named = None if rules is None else rules.form_for(Trigger.SUBMIT_PLAN)
    return shown_filled(written, named, rules, titles, locale)


def shown_revision(
    revision: Revision, written: Json, rules: ContentRules | None, titles: Titles, locale: Locale
) -> PlanRevision:
    """A revision with what it says."""
    return PlanRevision(**dict(shown_line(revision, locale)), plan=shown_plan(written, rules, titles, locale))
