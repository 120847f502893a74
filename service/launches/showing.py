"""The progress and the results of a launch, in the language of its reader."""

import uuid
from collections.abc import Sequence

from service.launches.schemas import LaunchProgress, LaunchResultLine, OutcomeTotal
from service.launches.wording import outcome_name, reason_name, remedy
from states.nip import mask
from store.cycle.repository import StageCount
from store.launch.reading import LaunchResult, ResultTotal
from store.person.repository import full_name
from translations import Locale


def shown_progress(
    cycle: uuid.UUID, counts: Sequence[StageCount], totals: Sequence[ResultTotal], locale: Locale
) -> LaunchProgress:
    """The progress of a launch by the record, without the report of its workflow."""
    return LaunchProgress(
        cycle=cycle,
        appraisals=sum(count.appraisals for count in counts),
        started=sum(count.started for count in counts),
        outcomes=[shown_total(total, locale) for total in totals],
        engine=None,
    )


def shown_total(total: ResultTotal, locale: Locale) -> OutcomeTotal:
    """How many people came to the same."""
    return OutcomeTotal(
        outcome=total.outcome,
        outcome_name=outcome_name(total.outcome, locale),
        reason=total.reason,
        reason_name=reason_name(total.reason, locale),
        people=total.people,
    )


def shown_result(row: LaunchResult, locale: Locale) -> LaunchResultLine:
    """What the last launch that looked at somebody came to."""
    return LaunchResultLine(
        person_id=row.person,
        name=row.name,
        full_name=full_name(row.title_before, row.name, row.title_after),
        nip_masked=mask(row.nip),
        unit_id=row.unit,
        unit_code=row.unit_code,
        unit=row.unit_name,
        outcome=row.outcome,
        outcome_name=outcome_name(row.outcome, locale),
        reason=row.reason,
        reason_name=reason_name(row.reason, locale),
        remedy=remedy(row.reason, locale),
        appraisal_id=row.appraisal,
        at=row.at,
    )
