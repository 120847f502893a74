"""Notices while relay, worker and mail server are killed: one row each, sent once, or twice with a reason."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.chaos import findings
from tests.chaos.notice_ordeal import VICTIMS, NoticeOrdeal, Sent, daily, run_notice_ordeal

pytestmark = [pytest.mark.engine, pytest.mark.database]


@pytest.mark.chaos
@pytest.mark.timeout(3_600)
def test_of_ten_thousand_notices_none_is_lost_and_each_double_is_explained(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    ordeal = NoticeOrdeal(people=1_120, minutes=5, every=(4, 12))
    sent = run_notice_ordeal(ordeal, tmp_path, seed)
    _tell(sent, seed)
    assert len([row for row in sent.record.notices if row.channel == "email"]) >= 10_000
    _examine(sent)


def _tell(sent: Sent, seed: int) -> None:
    mailed = [row for row in sent.record.notices if row.channel == "email"]
    kills = Counter(kill.victim for kill in sent.kills)
    print(
        f"\n  seed {seed}: {len(mailed)} notices in {len(sent.received)} messages in {sent.seconds:.0f} s; "
        f"kills: {', '.join(f'{kills[victim]} of the {victim}' for victim in VICTIMS)}"
    )
    print(
        f"  states: {dict(Counter(row.state for row in mailed))}; messages a person and day: {dict(daily(sent))}"
    )
    print(f"  doubles: {len(sent.doubles)}")
    for message, why in sent.doubles.items():
        print(f"    {message}: {why or 'not explained'}")


def _examine(sent: Sent) -> None:
    assert {kill.victim for kill in sent.kills} == set(VICTIMS)
    assert findings.of_notices(sent.record, sent.cases) == []
    mailed = [row for row in sent.record.notices if row.channel == "email"]
    assert {row.state for row in mailed} <= {"sent", "cancelled"}
    for row in mailed:
        if row.state == "sent":
            assert row.message_id in sent.received
    assert sent.received.keys() <= sent.messages.keys()
    assert all(sent.messages[each].state == "sent" for each in sent.received)
    assert all(sent.doubles.values())
    assert {address.rpartition("@")[2] for address in sent.recipients} == {"gladi.invalid"}
    assert max(daily(sent)) <= 2
