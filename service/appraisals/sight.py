"""An appraisal as one person sees it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rules import ContentRules
from service import policy
from service.accounts.tokens import Identity
from service.appraisals.asker import asker_of
from service.problems import NotFound
from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_appraisal
from states.rule_context import RuleContext
from states.stages import Capacity
from store.agency.content_rules import content_rules_of
from store.agency.rule_contexts import rule_context_on
from store.appraisal.repository import Case, case


@dataclass(frozen=True, slots=True)
class Sight:
    """A case that concerns the asker, the capacities through which it does, its rules, and the business moment."""

    case: Case
    appraisal: Appraisal
    capacities: tuple[Capacity, ...]
    rules: RuleContext
    content: ContentRules | None
    """What the scheme says of content; None where plans and ratings are words."""
    now: dt.datetime


async def seen(connection: AsyncConnection, appraisal_id: uuid.UUID, identity: Identity) -> Sight:
    """The appraisal, if the asker may see it. Raises `NotFound` otherwise."""
    asker = asker_of(identity)
    found = await case(connection, appraisal_id, asker)
    if found is None:
        raise NotFound
    appraisal = load_appraisal(found.snapshot)
    capacities = policy.seeing_capacities(found.capacities, appraisal)
    if not capacities:
        raise NotFound
    rules = await rule_context_on(connection, appraisal)
    content = await content_rules_of(connection, appraisal.rulebook)
    return Sight(
        found, appraisal, capacities, rules, content, Clock.from_data(found.clock).business(asker.now)
    )
