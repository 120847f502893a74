import datetime as dt
import uuid
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from service.answer import Answer


def _said(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("nul_character", "The text must not contain the character NUL")
    if not text.strip():
        raise PydanticCustomError("string_too_short", "The text is empty")
    return text.strip()


_SAID = AfterValidator(_said)
Text = Annotated[str, Field(min_length=1, max_length=2000), _SAID]
_PERSON = "019b0c5e-7e1f-7a54-9c1d-2f4d1f0a9b11"


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)


class NewMember(_Body):
    """Somebody who belongs to a team, and how long; both days are included."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"person": _PERSON, "first_day": "2027-01-01", "last_day": "2027-06-30"}]
        }
    )

    person: uuid.UUID
    first_day: dt.date | None = None
    """Within the year of the cycle; left out: its first day."""
    last_day: dt.date | None = None
    """Left out: the last day of the year."""


class NewTeam(_Body):
    """A team to be created. The leader is a member, for the whole year unless he stands among the members."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Tim Antrean Rawat Jalan",
                    "task": "Memangkas waktu tunggu pasien rawat jalan",
                    "unit": _PERSON,
                    "input": "team",
                    "leader": _PERSON,
                    "members": [],
                }
            ]
        }
    )

    name: Annotated[str, Field(min_length=1, max_length=200), _SAID]
    task: Annotated[str, Field(min_length=1, max_length=1000), _SAID]
    unit: uuid.UUID
    input: Annotated[str, Field(min_length=1, max_length=40)]
    """One of the scheme's inputs that are results of teams."""
    leader: uuid.UUID
    """Somebody who is appraised in this cycle: whoever rates him sets the result."""
    members: Annotated[list[NewMember], Field(max_length=200)] = []


class MembershipEnd(_Body):
    """The last day of a membership."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"last_day": "2027-06-30"}]})

    last_day: dt.date
    """No later than the one on record. The day before the first one leaves the membership empty."""


class NewTeamResult(_Body):
    """The result of a team, to be set."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "step": "as_planned",
                    "achieved": "Waktu tunggu turun dari 74 menjadi 41 menit",
                    "reason": "Laporan antrean bulanan, diperiksa pada 4 Desember",
                }
            ]
        }
    )

    step: Annotated[str, Field(min_length=1, max_length=40)]
    """A step of the scale that the scheme has for teams."""
    achieved: Text
    """What the team has achieved."""
    reason: Text
    """What the step rests on."""


class TeamStep(Answer):
    """A step that a team may be given."""

    step: str
    step_name: str
    number: float


class TeamMember(Answer):
    """A time that somebody belonged to the team; both days are included."""

    person_id: uuid.UUID
    name: str
    first_day: dt.date
    last_day: dt.date
    days: int
    """0: it was ended before it began."""
    leads: bool
    appraised: bool
    """Whether he has a case in the cycle, whose file carries the result."""


class TeamResultLine(Answer):
    """A result that the team was given."""

    id: uuid.UUID
    step: str
    step_name: str
    number: float
    achieved: str
    reason: str
    set_by_id: uuid.UUID
    set_by: str
    set_at: dt.datetime
    """Business moment."""


class TeamShown(Answer):
    """A team with its members."""

    id: uuid.UUID
    cycle_id: uuid.UUID
    name: str
    task: str
    unit_id: uuid.UUID
    unit: str
    input: str
    input_name: str
    leader_id: uuid.UUID
    leader: str
    article: str
    """On what its result rests."""
    due_on: dt.date
    """The last day for its result."""
    absent_since: dt.datetime | None
    """When that day was over without one; a result that comes later counts for whoever is not rated yet."""
    members: list[TeamMember]
    may_rate: bool
    """Whether I may set its result."""
    choices: list[TeamStep]
    """From the best to the worst."""
    results: list[TeamResultLine]
    """The latest one first: it counts. Empty for who belongs to the team: he reads it in his own file."""


class TeamLine(Answer):
    """A team in a list."""

    id: uuid.UUID
    name: str
    unit_id: uuid.UUID
    unit: str
    input: str
    input_name: str
    leader_id: uuid.UUID
    leader: str
    members: int
    due_on: dt.date
    state: str | None
    """open, absent, or rated; null for who belongs to the team."""
    state_name: str | None
    step: str | None
    step_name: str | None


class TeamPage(Answer):
    """Teams of a cycle by name: all for personnel officers; for others those that concern them."""

    items: list[TeamLine]
    next: str | None


class CarriedTeam(Answer):
    """A membership of the employee, with what his file carries of the team."""

    team_id: uuid.UUID
    name: str
    task: str
    unit: str
    input: str
    input_name: str
    leader: str
    leads: bool
    """Whether the employee leads it."""
    first_day: dt.date
    last_day: dt.date
    days: int
    """Days within the period that the case appraises: so much its result weighs."""
    step: str | None
    """Null while it has no result, or while results are not open to me."""
    step_name: str | None
    number: float | None
    achieved: str | None
    reason: str | None
    absent: bool
    """Whether the last day is over without a result."""


class CarriedNumber(Answer):
    """What the results of the teams come to for this case."""

    input: str
    input_name: str
    article: str
    number: float | None
    """The mean of the results, weighed by days; null: absent, and not counted as zero."""
    closed: bool


class TeamsOfCase(Answer):
    """The teams of an employee in the year of his case."""

    open: bool
    """Whether results are open to me now."""
    teams: list[CarriedTeam]
    numbers: list[CarriedNumber]
    """By input; empty while results are not open to me."""
