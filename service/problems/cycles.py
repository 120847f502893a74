"""Problems with cycles and their launches."""

from service.problems.base import Problem
from translations import mark as _


class CycleExists(Problem):
    """The agency already has a cycle of this name."""

    code = "cycle_exists"
    title = _("The cycle exists already")
    status = 409
    message = "There is a cycle of this name already. Choose another name."


class OtherLaunchRunning(Problem):
    """A launch of the cycle for other people runs; two launches at once would be counted as one."""

    code = "other_launch_running"
    title = _("Another launch runs")
    status = 409
    message = "A launch of this cycle runs already, for others ({who}). Wait for its end, then launch again."


class LaunchNotRunning(Problem):
    """There is no launch to pause or resume."""

    code = "launch_not_running"
    title = _("No launch runs")
    status = 409
    message = "No launch of this cycle runs at present. Start one first."
