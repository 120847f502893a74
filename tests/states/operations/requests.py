"""Orders and open cases, made without a database."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from states.changes import CHANGE, Change
from states.clock import IDENTITY
from states.operations.agency_time import AgencyTime
from states.operations.items import OpenCase
from states.operations.requested_change import RequestedChange
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import case_in, knowing, local

JAKARTA = AgencyTime(ZoneInfo("Asia/Jakarta"), IDENTITY)
NOW = local("2026-03-10 10:00")

OFFICER, SARI, BUDI, WATI, JOKO = (uuid.UUID(int=number) for number in range(1, 6))
UNIT, OTHER_UNIT = uuid.UUID(int=11), uuid.UUID(int=12)
AGENCY, OPERATION = uuid.UUID(int=21), uuid.UUID(int=22)


def change(kind: str, **fields: Any) -> Change:
    """A change with a reason and an authority."""
    given = {"kind": kind, "reason": "Mutasi", "authority": "SK 1/2026"}
    return CHANGE.validate_python(given | fields)


def ordered(change: Change, *, now: dt.datetime = NOW, by: uuid.UUID = OFFICER) -> RequestedChange:
    return RequestedChange(OPERATION, AGENCY, change, by, JAKARTA, now)


def open_case(
    stage: Stage,
    number: int = 101,
    *,
    employee: uuid.UUID = SARI,
    rater: uuid.UUID | None = BUDI,
    **more: uuid.UUID | None,
) -> OpenCase:
    """A case in ``stage``; ``more`` names who is found for other capacities."""
    found = {Capacity.RATER: rater} | {Capacity(name): holder for name, holder in more.items()}
    appraisal = case_in(stage, knowing(stage)).appraisal
    return OpenCase(uuid.UUID(int=number), employee, appraisal, found)


def suspended_from(stage: Stage) -> OpenCase:
    """A case whose clock was stopped in ``stage``."""
    case = case_in(stage, knowing(stage))
    case.do(Trigger.SUSPEND)
    return replace(open_case(stage), appraisal=case.appraisal)
