"""Every address of the API that answers a GET, filled in for one case; a new one is asked by itself."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

WITHOUT_CONTENT = {
    "/health/live",
    "/health/ready",
    "/api/v1/lifecycle",
    "/api/v1/templates",
    "/api/v1/templates/{name}/preview",
    "/api/v1/webhooks/whatsapp",
    "/api/v1/unsubscribe/{token}",
    "/api/v1/mailbox",
    "/api/v1/public/{token}",
    "/api/v1/channels",
    "/api/v1/schemes",
    "/api/v1/schemes/{name}",
    "/api/v1/cycles/{cycle_id}/preflight/{cause}",
    # The same as the list beside it, packed so that no mark could be found.
    "/api/v1/cycles/{cycle_id}/launch/results.xlsx",
}
"""What is the same for everybody, is asked without a sign-in, or says nothing of cases."""

_CASE = "/api/v1/appraisals/{appraisal_id}"


def addresses(
    openapi: Mapping[str, Any], known: Mapping[str, Sequence[str]], *, of_the_case: bool
) -> Iterator[str]:
    """All addresses with each of the known values for their parts; those of the case, or the others.

    Forms are asked for by each ``form``, drafts by each ``drafted``. What must stand behind a question mark is given,
    too. Raises `KeyError` for an address with a part of which no values are known.
    """
    for path, methods in openapi["paths"].items():
        if "get" not in methods or path in WITHOUT_CONTENT or path.startswith(_CASE) is not of_the_case:
            continue
        names = re.findall(r"{(\w+)}", path.replace("/drafts/{form}", "/drafts/{drafted}"))
        asked = _asked(methods["get"])
        for values in itertools.product(*(known[name] for name in (*names, *asked))):
            given = dict(zip(names, values, strict=False))
            filled = path.format(**{**given, "form": given.get("form", given.get("drafted"))})
            query = urlencode(dict(zip(asked, values[len(names) :], strict=True)))
            yield f"{filled}?{query}" if query else filled


def _asked(operation: Mapping[str, Any]) -> list[str]:
    """The names of what must stand behind the question mark."""
    parameters = operation.get("parameters", ())
    return [each["name"] for each in parameters if each["in"] == "query" and each.get("required")]
