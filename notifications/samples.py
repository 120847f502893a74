"""Invented contents with which a template is shown and tried. The people in them do not exist; their names say so."""

import datetime as dt
import uuid
from dataclasses import replace
from zoneinfo import ZoneInfo

from notifications.content import DIGEST, Content, Item, Line
from notifications.days import time_in_words
from states.appraisal import DutyKind
from states.receipt_evidence import Evidence
from states.rules import DeemedAfter, Unit
from states.stages import HOLDERS, Capacity, Stage
from store.attending.standing import OF_TEMPLATE
from store.meeting.standing import TOLD_BY
from translations import Locale

EXAMPLE_URL = "https://kinerja.example"
"""Where the links of an example lead: a name that cannot exist (RFC 2606 §2)."""

STAGES: tuple[Stage, ...] = tuple(
    stage for stage in Stage if HOLDERS.get(stage, Capacity.CLOCK) is not Capacity.CLOCK
)
"""The stages in which somebody is asked for something. Templates have words for these."""

_SAME_IN_EVERY_STAGE = {
    "changed": Stage.RATING,
    "finalised": Stage.FINALISED,
    "handed_over": Stage.RATING,
    "conflict_declared": Stage.RATING,
    "superior_plan_set": Stage.PLAN_DRAFTING,
    "result_ready": Stage.RESPONSE,
    "receipt_recorded": Stage.RESPONSE,
    "receipt_answered": Stage.RESPONSE,
    "meeting_set": Stage.FEEDBACK_MEETING,
    "meeting_changed": Stage.FEEDBACK_MEETING,
    "meeting_cancelled": Stage.FEEDBACK_MEETING,
    "objection_filed": Stage.OBJECTED,
    "objection_ended": Stage.REPORTING,
    "statement_given": Stage.OBJECTION_REVIEW,
    "statement_missing": Stage.OBJECTION_REVIEW,
    "duty_opened": Stage.OBJECTION_REVIEW,
    "duty_reminder": Stage.OBJECTION_REVIEW,
    "duty_escalation": Stage.OBJECTION_REVIEW,
    **dict.fromkeys(OF_TEMPLATE, Stage.RATING),
    DIGEST: Stage.RATING,
}
_DUTIES: dict[str, tuple[str, ...]] = {
    "duty_opened": tuple(DutyKind),
    "duty_reminder": tuple(DutyKind),
    "duty_escalation": tuple(DutyKind),
    "statement_missing": (DutyKind.EMPLOYEE_STATEMENT, DutyKind.RATER_STATEMENT),
    "deadline_moved": ("", *DutyKind),
}
_MARK = {Locale.INDONESIAN: "contoh", Locale.ENGLISH: "example"}
_DAY = dt.date(2027, 1, 20)
_RECEIVED = dt.date(2027, 1, 6)
_BEGINS = dt.datetime(2027, 1, 20, 10, tzinfo=ZoneInfo("Asia/Makassar"))


def stages_of(template: str) -> tuple[Stage, ...]:
    """The stages for which a template has different words; none if it says the same in all of them."""
    return () if template in _SAME_IN_EVERY_STAGE else STAGES


def duties_of(template: str) -> tuple[str, ...]:
    """What may be owed beside the stage where the template is used, the best example first; often only nothing."""
    return _DUTIES.get(template, ("",))


def sample(
    template: str,
    locale: Locale,
    stage: Stage | None = None,
    *,
    duty: str | None = None,
    own_task: bool = True,
) -> Content:
    """An invented content for a template, by default of the stage and the duty that show it best."""
    mark = _MARK[locale]
    whole = template == DIGEST
    return Content(
        recipient_name=f"Siti Rahmawati ({mark})",
        locale=locale,
        rehearsal=False,
        template=template,
        stage=stage or _SAME_IN_EVERY_STAGE.get(template, Stage.RATING),
        duty=duties_of(template)[0] if duty is None else duty,
        own_task=own_task,
        due_on=_DAY,
        appraisal_id=uuid.UUID(int=1),
        attended=uuid.UUID(int=1) if template in OF_TEMPLATE else None,
        received_on=_RECEIVED if template == "receipt_recorded" else None,
        awaits=Evidence.SEEN if template == "result_ready" else None,
        time=time_in_words(_BEGINS, _BEGINS + dt.timedelta(hours=1), locale) if _tells_when(template) else "",
        place="Ruang rapat lantai 2" if _tells_when(template) else "",
        nudger=f"Bambang Wijaya ({mark})",
        nudger_capacity=Capacity.HR,
        lines=_LINES if whole else (),
        oldest=_OLDEST if whole else (),
        total=sum(line.count for line in _LINES) if whole else 0,
    )


def _tells_when(template: str) -> bool:
    return template in TOLD_BY


def by_receipt(content: Content) -> tuple[Content, ...]:
    """The content in every way in which its words may follow the receipt of a result; only that of a response may."""
    if content.stage is not Stage.RESPONSE:
        return (content,)
    return (
        *(
            replace(content, awaits=awaits, deemed_after=deemed_after)
            for awaits in (Evidence.SEEN, Evidence.ACKNOWLEDGED)
            for deemed_after in (None, DeemedAfter(unit=Unit.WORKING_DAYS, length=5))
        ),
        replace(content, awaits=None, received_on=_DAY),
    )


_LINES = (
    Line("reminder", Stage.RATING, True, 3, _DAY),
    Line("escalation", Stage.PLAN_REVIEW, True, 2, _DAY - dt.timedelta(days=7)),
    Line("nudge", Stage.FEEDBACK_MEETING, True, 1, _DAY),
    Line("reminder", Stage.SELF_ASSESSMENT, True, 1, _DAY),
    Line("escalation", Stage.MIDYEAR_REVIEW, False, 4, _DAY - dt.timedelta(days=5)),
    Line("duty_reminder", Stage.OBJECTION_REVIEW, True, 1, _DAY, duty=DutyKind.RATER_STATEMENT),
    Line("changed", Stage.FIRST_HALF, False, 1, None),
)
_OLDEST = tuple(
    Item(template, stage, own_task, due_on, uuid.UUID(int=number))
    for number, (template, stage, own_task, due_on) in enumerate(
        (
            ("escalation", Stage.PLAN_REVIEW, True, _DAY - dt.timedelta(days=7)),
            ("escalation", Stage.PLAN_REVIEW, True, _DAY - dt.timedelta(days=6)),
            ("nudge", Stage.FEEDBACK_MEETING, True, _DAY),
            ("reminder", Stage.RATING, True, _DAY),
            ("escalation", Stage.MIDYEAR_REVIEW, False, _DAY - dt.timedelta(days=5)),
        ),
        1,
    )
)
