"""The parameters that choose notices."""

import datetime as dt
from typing import Annotated

from fastapi import Depends, Query

from service.problems import FieldError, Invalid
from store.message.channels import ChannelName
from store.message.notice import NoticeState
from store.message.xray import Filter
from translations import mark as _


async def _chosen(
    channel: Annotated[ChannelName | None, Query(description="Only through this channel.")] = None,
    state: Annotated[NoticeState | None, Query(description="Only what stands so.")] = None,
    since: Annotated[
        dt.date | None, Query(description="First day on which it was written, in the agency's zone.")
    ] = None,
    until: Annotated[dt.date | None, Query(description="Last such day.")] = None,
) -> Filter:
    if since is not None and until is not None and until < since:
        raise Invalid(errors=[FieldError("/until", _("The last day lies before the first; exchange them."))])
    return Filter(channel, state, since, until)


Chosen = Annotated[Filter, Depends(_chosen)]
