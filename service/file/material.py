"""Reads everything that stands in the file of a case and is open to its reader, in few queries."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rules import ContentRules
from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.appraisals.result_shown import waits_to_be_seen
from service.appraisals.sight import Sight, seen
from service.entries.counting import counts_of
from service.entries.reading import reader_of
from service.file.course import ACTS, Course, HandedIn, course_of
from service.periods.reading import seen_periods, unseen
from service.periods.seeing import SeenPeriod
from service.plans.reading import titles_above
from service.plans.revisions import Revision
from service.ratings.in_force import SetResult
from service.ratings.seeing import sees_result
from service.sight.earlier import sees_earlier_meeting
from service.sight.seeing import ContentSight, content_sight
from states.codec import load_appraisal
from store.agency.content_rules import content_rules_of
from store.entry.repository import Entry, EntryCount, entries
from store.evidence.repository import Evidence, evidence_of
from store.file.acts import acts_of
from store.file.agreed import EarlierMeeting, earlier_meetings
from store.file.appointments import LatestAppointment, latest_appointment
from store.file.texts import WrittenText, texts_of
from store.plan.context import case_around

MOST_LISTED = 200
"""So many notes, and so many pieces of evidence, stand in a file; their own lists have them all."""


@dataclass(frozen=True, slots=True)
class Material:
    """What stands in a file, as far as its reader sees it."""

    sight: ContentSight
    reader: uuid.UUID
    course: Course
    """Without what the reader does not see."""
    texts: Mapping[str, WrittenText]
    rules: Mapping[str, ContentRules | None]
    """Of each version of the scheme that something in the file follows."""
    above: Mapping[str, str]
    """What the superior's results say."""
    entries: Sequence[Entry]
    """At most one more than `MOST_LISTED`."""
    counts: Mapping[str, EntryCount]
    """Of all that the reader may read, by kind."""
    evidence: Sequence[Evidence]
    """At most one more than `MOST_LISTED`."""
    appointment: LatestAppointment | None
    periods: Sequence[SeenPeriod]
    meetings: Sequence[tuple[EarlierMeeting, ContentRules | None]]
    """Those of the year before."""
    unseen: Sequence[Sight]
    """Other cases of the reader's own whose results the file shows for the first time."""


async def material_of(connection: AsyncConnection, appraisal: uuid.UUID, identity: Identity) -> Material:
    """All of it. Raises `NotFound` for a case out of sight."""
    sight = await content_sight(connection, appraisal, identity)
    case = sight.sight.appraisal
    acts = await acts_of(connection, appraisal, ACTS, until=case.sequence)
    course = _visible(course_of(acts), sight)
    versions = {act.rulebook for act in acts}
    above = (
        await titles_above(connection, await case_around(connection, appraisal)) if course.revisions else {}
    )
    periods = await seen_periods(connection, sight, identity)
    meetings = await seen_meetings(connection, sight)
    return Material(
        sight=sight,
        reader=identity.person,
        course=course,
        texts=await texts_of(connection, appraisal, _digests(course)),
        rules={version: await content_rules_of(connection, version) for version in versions},
        above=above,
        entries=await entries(
            connection,
            appraisal,
            reader_of(sight, identity),
            kind=None,
            item=None,
            after=None,
            limit=MOST_LISTED + 1,
        ),
        counts=await counts_of(connection, appraisal, sight, identity),
        evidence=await evidence_of(connection, appraisal, item=None, after=None, limit=MOST_LISTED + 1)
        if sight.sees(Kind.EVIDENCE)
        else (),
        appointment=await latest_appointment(connection, appraisal, case.revision)
        if sight.own or sight.sees(Kind.MEETING)
        else None,
        periods=periods,
        meetings=meetings,
        unseen=await _unseen(connection, sight, periods, meetings, identity),
    )


def _visible(course: Course, sight: ContentSight) -> Course:
    """What of it the reader sees."""
    result = course.result
    return Course(
        revisions=course.revisions if sight.sees(Kind.PLAN) else (),
        check_ins=course.check_ins if sight.sees(Kind.CHECK_IN) else (),
        self_assessment=course.self_assessment if sight.sees(Kind.SELF_ASSESSMENT) else None,
        result=result if result is not None and sees_result(sight, result) else None,
        meeting=course.meeting if sight.sees(Kind.MEETING) else None,
    )


def _digests(course: Course) -> list[str]:
    parts: tuple[Revision | HandedIn | SetResult | None, ...] = (
        course.plan,
        course.submitted_plan,
        *course.check_ins,
        course.self_assessment,
        course.result,
        course.meeting,
    )
    return [part.digest for part in parts if part is not None]


async def seen_meetings(
    connection: AsyncConnection, sight: ContentSight
) -> list[tuple[EarlierMeeting, ContentRules | None]]:
    """The meetings of the year before that are open to the reader of this year's case."""
    found = [
        (each, await content_rules_of(connection, each.rulebook))
        for each in await earlier_meetings(connection, sight.sight.case.id)
    ]
    return [
        (each, rules)
        for each, rules in found
        if sees_earlier_meeting(sight, load_appraisal(each.snapshot), rules)
    ]


async def _unseen(
    connection: AsyncConnection,
    sight: ContentSight,
    periods: Sequence[SeenPeriod],
    meetings: Sequence[tuple[EarlierMeeting, ContentRules | None]],
    identity: Identity,
) -> list[Sight]:
    """Own results beside the one of the case itself."""
    if not sight.own:
        return []
    return [
        *await unseen(connection, sight, periods, identity),
        *await unseen_meetings(connection, sight, meetings, identity),
    ]


async def unseen_meetings(
    connection: AsyncConnection,
    sight: ContentSight,
    meetings: Sequence[tuple[EarlierMeeting, ContentRules | None]],
    identity: Identity,
) -> list[Sight]:
    """The reader's own cases of the year before whose results nothing shows yet to have been seen."""
    waiting = [each.appraisal for each, _rules in meetings if waits_to_be_seen(load_appraisal(each.snapshot))]
    return [await seen(connection, each, identity) for each in waiting] if sight.own else []
