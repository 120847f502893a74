"""What a claimed message says: one notice in its own words, several as a digest."""

from collections.abc import Sequence

from notifications.content import DIGEST, Content, Item, Line
from notifications.days import time_in_words
from notifications.invitation import Invitation
from notifications.kinds import LOCKED, kind_of
from store.message.due import DueMessage


def content_of(due: DueMessage, invitations: Sequence[Invitation] = ()) -> Content:
    """The content of a claimed message. A digest with only one case left becomes that case's own message.

    ``invitations`` are the appointments that it tells of; only a message of its own says when and where.
    """
    if due.total == 1:
        case = due.oldest[0]
        return Content(
            recipient_name=due.recipient_name,
            locale=due.locale,
            rehearsal=due.rehearsal,
            template=case.template,
            stage=case.stage,
            duty=case.duty,
            own_task=case.own_task,
            due_on=case.due_on,
            appraisal_id=case.appraisal_id,
            attended=case.attended,
            awaits=case.awaits,
            received_on=case.received_on,
            deemed_after=case.deemed_after,
            time=_time(invitations, due),
            place=invitations[0].place if invitations else "",
            nudger=due.nudger,
        )
    return Content(
        recipient_name=due.recipient_name,
        locale=due.locale,
        rehearsal=due.rehearsal,
        template=DIGEST,
        nudger=due.nudger if all(group.template == "nudge" for group in due.groups) else None,
        lines=tuple(
            Line(
                group.template,
                group.stage,
                group.own_task,
                group.count,
                group.earliest_due,
                group.awaits,
                group.duty,
            )
            for group in due.groups
        ),
        oldest=tuple(
            Item(
                case.template,
                case.stage,
                case.own_task,
                case.due_on,
                case.appraisal_id,
                case.awaits,
                case.received_on,
                case.deemed_after,
                case.duty,
                case.attended,
            )
            for case in due.oldest
        ),
        total=due.total,
    )


def _time(invitations: Sequence[Invitation], due: DueMessage) -> str:
    if not invitations:
        return ""
    return time_in_words(invitations[0].local_start, invitations[0].local_end, due.locale)


def may_be_switched_off(due: DueMessage) -> bool:
    """Whether the reader may switch off everything that the message is about."""
    return all(kind_of(group.template, group.stage, group.duty) not in LOCKED for group in due.groups)
