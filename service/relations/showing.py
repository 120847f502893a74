"""One person's place in the line of superiors, in the language of its reader."""

from service.relations.schemas import AbsenceLine, AssignmentLine, ResponsibleOfficial
from service.relations.wording import absence_name, basis_name, responsible_name
from service.wording import capacity_name
from store.person.relations import PastAbsence, PastAssignment, Responsible
from translations import Locale


def shown_responsible(row: Responsible, locale: Locale) -> ResponsibleOfficial:
    """The person who acts in a capacity now, and the right by which he acts."""
    return ResponsibleOfficial(
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        person_id=row.holder_id,
        name=row.holder,
        basis=row.basis,
        basis_name=basis_name(row.basis, locale),
        on_behalf_of_id=row.on_behalf_of_id,
        on_behalf_of=row.on_behalf_of,
        in_words=responsible_name(row.holder, row.basis, row.on_behalf_of, locale),
    )


def shown_assignment(row: PastAssignment, locale: Locale) -> AssignmentLine:
    """A relation to an official."""
    return AssignmentLine(
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        official_id=row.holder_id,
        official=row.holder,
        basis=row.kind,
        basis_name=basis_name(row.kind, locale),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        letter=row.letter,
        reason=row.reason,
        appraisal_id=row.appraisal_id,
        operation_id=row.operation_id,
    )


def shown_absence(row: PastAbsence, locale: Locale) -> AbsenceLine:
    """An absence."""
    return AbsenceLine(
        kind=row.kind,
        kind_name=absence_name(row.kind, locale),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        letter=row.letter,
        reason=row.reason,
        operation_id=row.operation_id,
    )
