"""Problems with teams."""

from service.problems.base import Problem
from translations import mark as _


class NoTeams(Problem):
    """The scheme of the cycle knows no result of a team."""

    code = "no_teams"
    title = _("No results of teams")
    status = 409
    message = "The scheme of this cycle has no results of teams."


class OwnTeam(Problem):
    """The asker leads the team or belongs to it."""

    code = "own_team"
    title = _("Your own team")
    status = 403
    message = "This is your own team: your own file carries its result. Others decide about it."


class TeamForHr(Problem):
    """Somebody else than a personnel officer would change the members of a team."""

    code = "team_for_hr"
    title = _("For personnel officers only")
    status = 403
    message = "Only personnel officers change the members of a team."
