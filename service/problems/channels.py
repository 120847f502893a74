"""Problems with channels, their providers, and addresses on them."""

from service.problems.base import Problem
from translations import mark as _


class WebhookRefused(Problem):
    """A call that claims to be a provider's but does not prove it."""

    code = "webhook_refused"
    title = _("Not signed by the provider")
    status = 403
    message = "This call is not signed as the provider signs; check the secrets on both sides."


class AddressTaken(Problem):
    """The address already belongs to somebody else's messages."""

    code = "address_taken"
    title = _("In use for somebody else")
    status = 409
    message = (
        "Messages for somebody else go to this address. Check it; if it is yours, ask your personnel officer."
    )


class ChannelNotConfigured(Problem):
    """A channel that the operators have not set up."""

    code = "channel_not_configured"
    title = _("Channel not set up")
    status = 409
    message = "This channel is not set up here. Choose another, or ask the operators for it."
