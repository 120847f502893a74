"""The ids of rows: given by who fills in the form, or made from what the row says."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from content.parts import Values

PATTERN: Final = "[a-z0-9][a-z0-9-]{0,39}"
_ID: Final = re.compile(PATTERN)
_DIGITS: Final = 10


def is_id(text: str) -> bool:
    """Whether the text may be the id of a row."""
    return _ID.fullmatch(text) is not None


@dataclass
class RowIds:
    """The ids of one filled form."""

    taken: set[str]
    """Every id that the form gives or was given, so that no new one is the same."""
    _met: set[str] = field(default_factory=set)
    _turns: Counter[str] = field(default_factory=Counter)

    def is_first(self, own: str) -> bool:
        """Whether no row before had this id."""
        first = own not in self._met
        self._met.add(own)
        return first

    def make(self, rows: str, row: Values) -> str:
        """An id for a row that has none, which no other row has.

        It is made from what the row says, so that the same form always gets the same ids, and the id of a row
        that was removed never comes back for a row about something else.
        """
        written = f"{rows} {json.dumps(row, sort_keys=True)}"
        while True:
            digest = hashlib.sha256(f"{self._turns[written]} {written}".encode()).hexdigest()
            self._turns[written] += 1
            made = f"{rows[0]}-{digest[:_DIGITS]}"
            if made not in self.taken:
                self.taken.add(made)
                return made
