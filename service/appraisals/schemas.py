import datetime as dt
import uuid

from service.answer import Answer
from service.deadlines.schemas import DueDay, OwedDuty
from service.objections.schemas import Objection, ResponseTerm
from service.receipts.schemas import Receipt


class AppraisalLine(Answer):
    """An appraisal in a list."""

    id: uuid.UUID
    cycle_id: uuid.UUID
    cycle: str
    employee_id: uuid.UUID
    employee: str
    unit_id: uuid.UUID
    unit: str
    stage: str
    stage_name: str
    since: dt.datetime
    """When the stage began, in business time."""
    holder: str | None
    """The capacity that is awaited; null when nothing is."""
    holder_name: str | None
    holders: list[str]
    """Who holds it now, by name; several where personnel officers stand in."""
    due_on: dt.date | None
    overdue: bool
    outcome: str | None
    outcome_name: str | None
    revision: int


class AppraisalPage(Answer):
    """Appraisals, the first due first, those without a due day last."""

    items: list[AppraisalLine]
    next: str | None


class ResponsiblePerson(Answer):
    """Whoever is awaited now, and by what right."""

    name: str
    basis: str
    basis_name: str
    on_behalf_of: str | None
    """The official in whose place it is done; null for the official himself."""
    in_words: str


class AllowedAction(Answer):
    """Something that I may do now."""

    trigger: str
    name: str
    capacity: str
    capacity_name: str
    needs_text: bool
    parameters: list[str]


class AppraisalDetail(AppraisalLine):
    """Where an appraisal stands, in plain words."""

    year: int
    rehearsal: bool
    business_now: dt.datetime
    """The moment by which deadlines count; real time except in a rehearsal."""
    sequence: int
    scheme: str
    responsible: list[ResponsiblePerson]
    """The holders with their right; where nobody is found, the personnel officers stand in."""
    period: int
    """1 for the first of the year; a move to another post begins the next (PP 30/2019 art 36)."""
    period_from: dt.date
    period_until: dt.date
    employment: str
    """PNS or PPPK."""
    legal_basis: str
    """The regulations by which the employee is appraised; for a PPPK those of the contract too."""
    contract_until: dt.date | None
    """The last day of a PPPK's contract (PP 49/2018 art 37); null for a PNS and where it is not known."""
    contract_in_words: str | None
    my_capacities: list[str]
    opens_on: dt.date | None
    """The day on which the calendar opens the next stage."""
    received_on: dt.date | None
    receipt: Receipt | None
    """How the receipt of the result is evidenced; null before there is a result."""
    deadline: DueDay | None
    """What the stage awaits."""
    duties: list[OwedDuty]
    """What is owed beside it."""
    response_term: ResponseTerm | None
    """Until when an objection is in time; null before the receipt of a result is evidenced."""
    receipt_disputed: bool
    """The employee has said that the receipt on record is wrong, and HR has not answered yet."""
    objection: Objection | None
    reported: bool
    """The result has been reported, settled or with the flag that it is not (PP 30/2019 art 51(1))."""
    basis: str | None
    """Another basis of the rating than a plan: `academic_record` (PP 30/2019 art 43) or `host_material` (art 44)."""
    basis_name: str | None
    actions: list[AllowedAction]


class AllowedActions(Answer):
    """All that I may do now with an appraisal."""

    appraisal: uuid.UUID
    stage: str
    sequence: int
    actions: list[AllowedAction]


class Acknowledgement(Answer):
    """An action that is durable and on record."""

    appraisal: uuid.UUID
    stage: str
    """The stage right after the action; a repeat of the same key gives the same answer."""
    sequence: int
    """Number of the event by which the action is on record."""
