"""A decree on working days, case by case: each takes it into the calendar by which it runs at that moment."""

import uuid
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.commanding import Prepare
from activities.deciding import CaseUnknown, Prepared
from states.changes import AdoptCalendar
from states.codec import load_appraisal
from states.commands import Command
from states.operations.adopting import calendar_with
from store.agency.rule_contexts import keep_calendars, rule_context_on
from store.appraisal.decision import Document
from store.appraisal.on_record import Recorded, case_on_record
from store.cycle.calendars import calendar_years


class AdoptedAlready(Exception):
    """The calendar of the case has the days of the decree already."""


def by_present_calendar(
    appraisal: uuid.UUID, command: Command, document: Document, change: AdoptCalendar
) -> Prepare:
    """The command with the calendar that the case has at the moment of writing, changed by the decree.

    Another decree may have reached the case since the items were chosen; none undoes the other. The command's own
    calendar is kept already, any other one is kept here. Raises `AdoptedAlready` and `CaseUnknown`.
    """

    async def prepare(connection: AsyncConnection) -> Prepared | Recorded:
        on_record = await case_on_record(connection, appraisal, command.id)
        if on_record is None:
            raise CaseUnknown(str(appraisal))
        if on_record.recorded is not None:
            return on_record.recorded
        rules = await rule_context_on(connection, load_appraisal(on_record.snapshot))
        new = calendar_with(rules.calendar, change, calendar_years(on_record.year))
        if new.key == rules.calendar.key:
            raise AdoptedAlready
        if new.key != command.calendar:
            await keep_calendars(connection, [new])
        return Prepared(on_record, replace(command, calendar=new.key), (document,))

    return prepare
