"""A time to improve: it begins, asks for coaching every month, and asks for the competency test at its end."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from content.follow_up.improvement import Ask, Step, steps
from states.standing import FOR_GOOD
from states.templates import Template
from store.attending.repository import Attended
from store.attending.telling import silence, tell
from store.improvement.attending import Track, close_for_who_left, track_at


async def attend_improvement(connection: AsyncConnection, attended: Attended) -> dt.datetime | None:
    """Tells what is due and returns the next moment. What was missed for long is asked for once, by its latest step."""
    track = await track_at(connection, attended.id, attended.now)
    if track is None or track.closed:
        return None
    if track.legal_standing in FOR_GOOD:
        await close_for_who_left(connection, track.id, attended.now)
        await silence(connection, track.id)
        return None
    due: dict[Ask, Step] = {}
    for step in steps(track.starts_on, track.ends_on):
        at = dt.datetime.combine(step.on, dt.time(), ZoneInfo(track.zone))
        if at > attended.now:
            await _tell(connection, track, list(due.values()), attended.now)
            return at
        if at >= attended.due_at:
            due[step.ask] = step
    await silence(connection, track.id)
    return None


async def _tell(connection: AsyncConnection, track: Track, due: list[Step], now: dt.datetime) -> None:
    for step in due:
        match step.ask:
            case Ask.BEGIN:
                template, people = (
                    Template.IMPROVEMENT_BEGAN,
                    [track.employee, *track.raters, *track.officers],
                )
            case Ask.REMIND:
                template, people = Template.IMPROVEMENT_REMINDER, [track.employee, *track.raters]
            case Ask.TEST:
                template, people = Template.IMPROVEMENT_TEST_DUE, list(track.officers)
            case Ask.GIVE_UP:
                continue
        await tell(
            connection,
            track.id,
            track.appraisal,
            template,
            list(dict.fromkeys(people)),
            rule=step.ask,
            occurrence=step.number,
            due_on=track.ends_on,
            at=now,
        )
