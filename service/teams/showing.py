"""Teams, their members and their results, in the language of their reader."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from activities.attended.team_results import numbers_of
from content.inputs.rules import TeamRules
from content.rules import ContentRules
from content.teams.asking import asking_of, day_in
from service.teams.checking import TeamSight
from service.teams.schemas import (
    CarriedNumber,
    CarriedTeam,
    TeamLine,
    TeamMember,
    TeamResultLine,
    TeamShown,
    TeamsOfCase,
    TeamStep,
)
from service.teams.wording import ABSENT, OPEN, RATED, STATES
from service.wording import in_words
from store.team import reading
from store.team.carrying import TeamOfCase
from translations import Locale, translate


def shown_team(
    sight: TeamSight,
    members: Sequence[reading.Member],
    results: Sequence[reading.TeamResult],
    locale: Locale,
) -> TeamShown:
    """The team; its results only for who may set them."""
    team, rules = sight.team, sight.rules
    return TeamShown(
        id=team.id,
        cycle_id=team.cycle_id,
        name=team.name,
        task=team.task,
        unit_id=team.unit_id,
        unit=team.unit,
        input=team.input,
        input_name=in_words(rules.label, locale),
        leader_id=team.leader_id,
        leader=team.leader,
        article=rules.article,
        due_on=asking_of(rules, team.year, ZoneInfo(team.zone)).due_on,
        absent_since=team.absent_at if sight.may_rate and not results else None,
        members=[_member(team, each) for each in members],
        may_rate=sight.may_rate,
        choices=_choices(sight.content, rules, locale),
        results=[_result(sight, each, locale) for each in results] if sight.may_rate else [],
    )


def shown_line(
    line: reading.TeamLine, content: ContentRules, rules: TeamRules, year: int, locale: Locale
) -> TeamLine:
    """A team in a list; how its result stands only for who neither leads it nor belongs to it."""
    state = None
    if line.apart:
        state = RATED if line.step is not None else ABSENT if line.absent_at is not None else OPEN
    step = line.step if line.apart else None
    return TeamLine(
        id=line.id,
        name=line.name,
        unit_id=line.unit_id,
        unit=line.unit,
        input=line.input,
        input_name=in_words(rules.label, locale),
        leader_id=line.leader_id,
        leader=line.leader,
        members=line.members,
        due_on=day_in(rules.due, year),
        state=state,
        state_name=None if state is None else translate(STATES[state], locale),
        step=step,
        step_name=_step_name(content, rules, step, locale),
    )


def shown_of_case(
    content: ContentRules,
    inputs: Mapping[str, TeamRules],
    teams: Sequence[TeamOfCase],
    numbers: Mapping[str, float | None],
    locale: Locale,
    *,
    open_: bool,
) -> TeamsOfCase:
    """What a file carries of teams; results only where they are open to the reader."""
    of_inputs = dict.fromkeys(each.input for each in teams)
    return TeamsOfCase(
        open=open_,
        teams=[_carried(content, inputs[each.input], each, locale, open_=open_) for each in teams],
        numbers=[
            CarriedNumber(
                input=name,
                input_name=in_words(inputs[name].label, locale),
                article=inputs[name].article,
                number=numbers.get(name),
                closed=name in numbers,
            )
            for name in of_inputs
            if open_
        ],
    )


def _carried(
    content: ContentRules, rules: TeamRules, team: TeamOfCase, locale: Locale, *, open_: bool
) -> CarriedTeam:
    step = team.step if open_ else None
    return CarriedTeam(
        team_id=team.id,
        name=team.name,
        task=team.task,
        unit=team.unit,
        input=team.input,
        input_name=in_words(rules.label, locale),
        leader=team.leader,
        leads=team.leads,
        first_day=team.first_day,
        last_day=team.last_day,
        days=team.days,
        step=step,
        step_name=_step_name(content, rules, step, locale),
        number=None if step is None else numbers_of(content, rules).get(step),
        achieved=team.achieved if open_ else None,
        reason=team.reason if open_ else None,
        absent=open_ and team.step is None and team.absent_at is not None,
    )


def _member(team: reading.Team, member: reading.Member) -> TeamMember:
    return TeamMember(
        person_id=member.person_id,
        name=member.name,
        first_day=member.first_day,
        last_day=member.last_day,
        days=(member.last_day - member.first_day).days + 1,
        leads=member.person_id == team.leader_id,
        appraised=member.appraised,
    )


def _result(sight: TeamSight, result: reading.TeamResult, locale: Locale) -> TeamResultLine:
    return TeamResultLine(
        id=result.id,
        step=result.step,
        step_name=_step_name(sight.content, sight.rules, result.step, locale) or result.step,
        number=numbers_of(sight.content, sight.rules)[result.step],
        achieved=result.achieved,
        reason=result.reason,
        set_by_id=result.set_by_id,
        set_by=result.set_by,
        set_at=result.set_on,
    )


def _choices(content: ContentRules, rules: TeamRules, locale: Locale) -> list[TeamStep]:
    return [
        TeamStep(step=step.name, step_name=in_words(step.label, locale), number=step.number)
        for step in content.scales[rules.scale].steps
        if step.number is not None
    ]


def _step_name(content: ContentRules, rules: TeamRules, step: str | None, locale: Locale) -> str | None:
    found = next((each for each in content.scales[rules.scale].steps if each.name == step), None)
    return None if found is None else in_words(found.label, locale)
