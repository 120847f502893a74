"""The agenda of a meeting, for whoever holds it, and afterwards for all whom it concerns."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.rules import ContentRules
from content.sight.rules import Kind
from service import policy
from service.accounts.tokens import Identity
from service.agendas.schemas import Agenda, AgendaPoint
from service.agendas.showing import shown_notes, shown_points
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.entries.reading import reader_of
from service.filled.titles import titles_of
from service.filled.written import form_in
from service.meetings.agreed import HANDED_OVER, come_back, unseen_before
from service.meetings.schemas import AgreedActions
from service.plans.revisions import PLANNING, in_force, revisions_of
from service.problems import NotFound
from service.ratings.in_force import RATING, SetResult, result_in_force
from service.ratings.reading import rating_form
from service.ratings.seeing import sees_result
from service.sight.earlier import sees_earlier_meeting
from service.sight.seeing import ContentSight, content_sight, is_delivered
from service.trainings.named import named_weaknesses
from service.trainings.reading import weaknesses_in
from service.trainings.showing import shown_offers
from states.codec import load_appraisal
from states.triggers import Trigger
from store.agency.content_rules import content_rules_of
from store.entry.repository import Entry, entries
from store.file.acts import Act, acts_of
from store.file.texts import texts_of
from store.meeting.agreed import AgreedBefore, agreed_before
from store.skill.reading import post_of
from translations import Locale

FEEDBACK = "feedback"
"""The kind of entries in which officials say what goes well, and what does not."""

MOST_NOTES = 50


async def agenda_of(
    reading: AsyncEngine, acting: Acting, appraisal: uuid.UUID, identity: Identity, locale: Locale
) -> Agenda:
    """What is to be talked about; the own result is noted as seen before it is given out.

    Raises `NotFound` where nothing is to be handed over or it is not open to the asker, as for the employee before
    the delivery, and what `Acting.note_shown` raises.
    """
    async with reading.connect() as connection:
        sight = await content_sight(connection, appraisal, identity)
        triggers = (*PLANNING, *RATING)
        acts = await acts_of(connection, appraisal, triggers, until=sight.sight.appraisal.sequence)
        result = _open_result(sight, acts)
        before = await agreed_before(connection, appraisal)
        agreed = await come_back(connection, before, sight, locale)
        waiting = await unseen_before(connection, before, sight, agreed, identity)
        named = await _named(connection, sight, before)
        found = await _read(connection, sight, acts, result, identity, agreed, named, locale)
    await acting.note_shown(identity, sight.sight, [TextGiven(Trigger.RATE, present=found.delivered)])
    if waiting is not None:
        await acting.note_shown(identity, waiting, [HANDED_OVER])
    return found


def _open_result(sight: ContentSight, acts: list[Act]) -> SetResult | None:
    """The result that is talked about; None for one that is still being rated. Raises `NotFound`."""
    result = result_in_force(acts)
    delivered = result is not None and result.delivered is not None
    if not policy.may_read_agenda(sight.sight.capacities, delivered=delivered):
        raise NotFound
    if result is None and sight.sight.appraisal.stage_of_work not in policy.MEETING_STAGES:
        raise NotFound
    if result is not None and not sees_result(sight, result):
        raise NotFound
    return result


async def _read(
    connection: AsyncConnection,
    sight: ContentSight,
    acts: list[Act],
    result: SetResult | None,
    identity: Identity,
    agreed: AgreedActions,
    named: Sequence[str],
    locale: Locale,
) -> Agenda:
    case, rules = sight.sight.case.id, sight.rules or ContentRules()
    submitted = in_force(revisions_of(acts)) if sight.sees(Kind.PLAN) else None
    digests = [each.digest for each in (submitted, result) if each is not None]
    texts = await texts_of(connection, case, digests)
    plan = None if submitted is None else form_in(texts[submitted.digest].content)
    points: list[AgendaPoint] = []
    if result is not None:
        # As it was rated then, whatever the rules say that the case follows by now.
        then = await content_rules_of(connection, result.by.rulebook)
        form = rating_form(then, sight.sight.appraisal.basis)
        if then is not None and form is not None:
            points = shown_points(texts[result.digest].content, form[1], then, plan, locale)
    return Agenda(
        appraisal_id=case,
        rated=result is not None,
        delivered=result is not None and result.delivered is not None,
        points=points,
        feedback=shown_notes(
            await _feedback(connection, sight, identity), rules, titles_of(rules, locale, plan=plan)
        ),
        agreed_in=agreed.year,
        agreed=agreed.actions,
        trainings=[
            offer
            for offer in shown_offers(rules, named, await post_of(connection, case), locale)
            if offer.recommended
        ],
    )


async def _feedback(connection: AsyncConnection, sight: ContentSight, identity: Identity) -> list[Entry]:
    found = await entries(
        connection,
        sight.sight.case.id,
        reader_of(sight, identity),
        kind=FEEDBACK,
        item=None,
        after=None,
        limit=MOST_NOTES,
    )
    return [note for note in found if note.withdrawn_at is None]


async def _named(
    connection: AsyncConnection, sight: ContentSight, before: AgreedBefore | None
) -> tuple[str, ...]:
    """The weaknesses named when this result was handed over; until then those of the last one, if that is open."""
    named = await weaknesses_in(connection, sight)
    if named or is_delivered(sight.sight.appraisal) or before is None:
        return named
    then = await content_rules_of(connection, before.rulebook)
    if then is None or not sees_earlier_meeting(sight, load_appraisal(before.snapshot), then):
        return ()
    return named_weaknesses(then, before.filled)
