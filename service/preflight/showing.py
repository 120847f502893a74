"""The results of a preflight, in the language of their reader."""

import uuid

from service.preflight.rows import shown
from service.preflight.schemas import CauseFound, FindingLine, PreflightSummary
from service.preflight.wording import basis_name, explain
from service.wording import provisional_in_words
from states.nip import mask
from store.cycle.preflight import CauseTotal, Finding, Look, Preflight
from translations import Locale


def shown_summary(cycle: uuid.UUID, look: Look, found: Preflight, locale: Locale) -> PreflightSummary:
    """What a launch would do now, with every cause of problems and its remedy."""
    return PreflightSummary(
        cycle=cycle,
        business_at=look.moment,
        span=look.span,
        people=found.people,
        running=found.running,
        ready=found.ready,
        exempt=found.exempt,
        not_in_service=found.not_in_service,
        blocked=found.blocked,
        provisional_years=list(look.provisional),
        provisional_in_words=provisional_in_words(look.provisional, locale),
        causes=[_cause(total, locale, look.span) for total in found.causes],
    )


def _cause(total: CauseTotal, locale: Locale, span: int) -> CauseFound:
    explained = explain(total.cause, locale, span=span)
    return CauseFound(
        code=total.cause,
        severity=explained.severity,
        severity_name=explained.severity_name,
        count=total.count,
        people=total.people,
        wrong=explained.wrong,
        remedy=explained.remedy,
        fixer=explained.fixer,
        fixer_name=explained.fixer_name,
    )


def shown_finding(row: Finding, locale: Locale) -> FindingLine:
    """One person, or one unit, with whom something is wrong."""
    return FindingLine(
        person_id=row.person.id if row.person else None,
        name=row.person.name if row.person else "",
        full_name=shown(row.person),
        nip_masked=mask(row.nip),
        post=row.post,
        unit_id=row.unit,
        unit_code=row.unit_code,
        unit=row.unit_name,
        rater_id=row.rater.id if row.rater else None,
        rater=shown(row.rater),
        stand_in_id=row.stand_in.id if row.stand_in else None,
        stand_in=shown(row.stand_in),
        basis=row.basis,
        basis_name=basis_name(row.basis, locale),
        people=row.people,
    )
