"""Reads bodies after their sender has been checked."""

import json

from service.problems import MalformedJson


def parsed(body: bytes) -> object:
    """The JSON of a body. Raises `MalformedJson`."""
    try:
        return json.loads(body)
    except RecursionError:
        raise MalformedJson(reason="it is nested too deeply") from None
    except ValueError as error:
        # The JSON decoder's error quotes none of the content; an encoding error would.
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is not UTF-8"
        raise MalformedJson(reason=reason) from None
