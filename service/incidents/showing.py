"""Incidents, in the language of their reader."""

from collections.abc import Sequence

from service.addresses import PREFIX
from service.incidents.schemas import IncidentLine, IncidentSummary, IncidentTotal, LeftOut
from service.incidents.wording import incident_name, incident_remedy
from service.operations.wording import change_name, refusal_text
from service.wording import capacity_name, stage_name
from store.incident.reading import Incident, IncidentCount, MissingFromLaunch
from translations import Locale


def shown_incident(row: Incident, locale: Locale) -> IncidentLine:
    """One incident, with the number of days that it has waited."""
    return IncidentLine(
        kind=row.kind,
        kind_name=incident_name(row.kind, locale),
        remedy=incident_remedy(row.kind, locale),
        since=row.since,
        waiting_days=max((row.moment - row.since).days, 0),
        appraisal_id=row.appraisal_id,
        employee_id=row.employee_id,
        employee=row.employee,
        unit_id=row.unit_id,
        unit=row.unit,
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        stage=row.stage,
        stage_name=None if row.stage is None else stage_name(row.stage, locale),
        capacity=row.capacity,
        capacity_name=None if row.capacity is None else capacity_name(row.capacity, locale),
        due_on=row.due_on,
        overdue=row.overdue,
        operation_id=row.operation_id,
        operation_name=None if row.operation_kind is None else change_name(row.operation_kind, locale),
        why=refusal_text(row.code, row.detail, locale) if row.code else None,
    )


def shown_summary(
    counts: Sequence[IncidentCount], missing: Sequence[MissingFromLaunch], locale: Locale
) -> IncidentSummary:
    """The number of incidents of each kind, and of people left out by launches."""
    return IncidentSummary(
        incidents=sum(each.count for each in counts),
        kinds=[
            IncidentTotal(
                kind=each.kind,
                kind_name=incident_name(each.kind, locale),
                remedy=incident_remedy(each.kind, locale),
                incidents=each.count,
                oldest=each.oldest,
            )
            for each in counts
        ],
        launches=[
            LeftOut(
                cycle_id=each.cycle_id,
                cycle=each.cycle,
                skipped=each.skipped,
                failed=each.failed,
                results=f"{PREFIX}/cycles/{each.cycle_id}/launch/results",
            )
            for each in missing
        ],
    )
