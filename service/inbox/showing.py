"""Notices of an inbox, in the language of their reader."""

from collections import Counter
from collections.abc import Sequence

from notifications.content import Content, place_of
from notifications.kinds import Kind
from notifications.rendering import sentence
from service.addresses import PREFIX
from service.inbox.schemas import InboxLine, Unseen, UnseenOfKind
from service.notices.wording import kind_name, kind_of_notice
from service.wording import stage_name
from states.receipt_evidence import Evidence
from states.stages import Stage
from states.templates import INFORMING
from store.attending.standing import BESIDE_THE_CASE, OF_TEMPLATE
from store.inbox.reading import InboxNotice, UnseenCount
from translations import Locale

_ASKING = frozenset(
    {
        "task_opened",
        "reminder",
        "escalation",
        "result_ready",
        "nudge",
        "duty_opened",
        "duty_reminder",
        "duty_escalation",
        *(OF_TEMPLATE.keys() - INFORMING),
    }
)
"""Templates of notices that ask somebody to act; the others report an event."""


def shown_unseen(counts: Sequence[UnseenCount], locale: Locale) -> Unseen:
    """The number of unseen notices, by kind."""
    kinds: Counter[Kind] = Counter()
    for count in counts:
        kinds[kind_of_notice(count.template, count.stage, count.duty)] += count.count
    return Unseen(
        total=kinds.total(),
        kinds=[
            UnseenOfKind(kind=kind, kind_name=kind_name(kind, locale), count=kinds[kind])
            for kind in Kind
            if kinds[kind]
        ],
    )


def shown_notice(row: InboxNotice, locale: Locale) -> InboxLine:
    """One notice, with its content in a sentence."""
    kind = kind_of_notice(row.template, row.stage, row.duty)
    in_case = OF_TEMPLATE.get(row.template) not in BESIDE_THE_CASE
    return InboxLine(
        id=row.id,
        kind=kind,
        kind_name=kind_name(kind, locale),
        sentence=_sentence(row, locale),
        stage=row.stage if in_case else None,
        stage_name=stage_name(row.stage, locale) if in_case else None,
        due_on=row.due_on,
        open=row.lasts if row.template in _ASKING else None,
        appraisal_id=row.appraisal_id if in_case else None,
        appraisal=f"{PREFIX}/appraisals/{row.appraisal_id}" if in_case else None,
        read_on=f"{PREFIX}/{place_of(row.template, row.appraisal_id, row.attended_id)}",
        employee_id=row.employee_id,
        employee=row.employee,
        cycle=row.cycle,
        nudged_by=row.nudger,
        at=row.at,
        created_at=row.created_at,
        seen_at=row.seen_at,
    )


def _sentence(row: InboxNotice, locale: Locale) -> str:
    return sentence(
        Content(
            recipient_name="",
            locale=locale,
            rehearsal=row.rehearsal,
            template=row.template,
            stage=Stage(row.stage),
            duty=row.duty,
            due_on=row.due_on,
            awaits=Evidence(row.awaits) if row.awaits else None,
            nudger=row.nudger,
        )
    )
