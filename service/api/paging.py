"""The parameters of a list that is read page by page."""

from typing import Annotated

from fastapi import Query

Limit = Annotated[int, Query(ge=1, le=200, description="Rows a page.")]
Cursor = Annotated[
    str | None, Query(max_length=600, description="`next` of the page before; leave it out to begin.")
]
DEFAULT_LIMIT = 50
