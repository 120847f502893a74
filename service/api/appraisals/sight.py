"""An appraisal as one person sees it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.api.identity import asker_of
from service.problems import NotFound
from service.tokens import Identity
from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_appraisal
from states.regime import Regime
from states.stages import Capacity
from store.agency.regimes import regime_on
from store.appraisal.repository import Case, case


@dataclass(frozen=True, slots=True)
class Sight:
    """A case that concerns the asker, the capacities by which it does, its rules, and the business moment."""

    case: Case
    appraisal: Appraisal
    capacities: tuple[Capacity, ...]
    regime: Regime
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
    regime = await regime_on(connection, appraisal)
    return Sight(found, appraisal, capacities, regime, Clock.from_data(found.clock).business(asker.now))
