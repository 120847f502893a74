"""Receipt evidence as it is written."""

import pytest

from states.receipt_evidence import LEVELS, Evidence, Level
from states.receipt_record import ReceiptRecord
from store.receipt.writing import receipt_row
from tests.states.builders import local

AT = local("2027-01-12 09:00")


@pytest.mark.parametrize("level", LEVELS)
def test_a_row_holds_its_place_in_the_record(level: Level) -> None:
    in_the_inbox = level is Evidence.SEEN
    assert receipt_row(ReceiptRecord(7, 2, level, AT, in_the_inbox)) == {
        "sequence": 7,
        "revision": 2,
        "level": level.value,
        "at": AT.isoformat(),
        "channel": "inbox" if in_the_inbox else "",
    }
