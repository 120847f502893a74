"""Every guard that the table may name."""

from states.guarding import deadlines, objection, organisation, receipt
from states.guarding.guard import Guard
from states.stages import Capacity

GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        deadlines.opening_due,
        deadlines.clock_authorised,
        deadlines.deadline_lapsed,
        deadlines.later_due_day,
        deadlines.extension_with_a_basis,
        deadlines.awaits_absent_employee,
        receipt.not_yet_received,
        receipt.not_yet_acknowledged,
        receipt.not_yet_seen,
        receipt.not_yet_delivered,
        receipt.delivery_noted,
        receipt.delivery_day,
        receipt.deemed_due,
        receipt.official_evidence,
        receipt.receipt_day,
        receipt.receipt_evidenced,
        receipt.delivered,
        receipt.not_delivered,
        receipt.receipt_disputable,
        receipt.receipt_disputed,
        receipt.receipt_settled,
        receipt.corrected_receipt_day,
        objection.result_open_to_objection,
        objection.late_objection_admitted,
        objection.nothing_cancelled_away,
        objection.impartial,
        objection.dismissal_ground_listed,
        objection.hearing_by_statements,
        objection.hearing_by_the_officer,
        objection.not_being_asked,
        objection.being_asked,
        objection.both_sides_heard,
        objection.new_result,
        objection.no_new_result,
        objection.provisional_report_owed,
        objection.settled_by_an_objection,
        objection.reopening_allowed,
        organisation.legal_ground,
        organisation.assignee_named,
        organisation.assignee_valid,
        organisation.rater_valid,
        organisation.rater_not_confirmed,
        organisation.disputed,
        organisation.not_disputed,
        organisation.plan_approved_before,
        organisation.path_known,
        organisation.calendar_to_adopt,
        organisation.rules_to_adopt,
        organisation.not_rated,
    )
} | {
    "employee_not_heard": objection.not_heard(Capacity.EMPLOYEE),
    "rater_not_heard": objection.not_heard(Capacity.RATER),
}
