"""Who shall be whose rater."""

import datetime as dt

from service.roster import read_roster
from service.roster.raters import DecidedRaters, decide_raters, replaced_by_orders
from service.roster.verdicts import Changes
from store.person.presence import PastRelation
from tests.service.roster.rosters import (
    CLERK,
    CLERK_POST,
    HEAD,
    OFFICER,
    OFFICER_POST,
    SECOND,
    SECOND_POST,
    people,
    person,
    told,
    units,
)

JANUARY, MARCH, MAY = (dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (1, 3, 5))


def decide(
    *lines: str,
    present: dict[str, str | None] | None = None,
    ordered: dict[str, list[PastRelation]] | None = None,
    refused: dict[str, int] | None = None,
    silent: bool = False,
) -> DecidedRaters:
    roster = read_roster(units().encode(), people(*lines).encode())
    assert roster.problems == ()
    rows = {row.nip: row for row in roster.people}
    decided = decide_raters(rows, present or {}, ordered or {}, refused or {}, silent=silent)
    for warnings in decided.warnings.values():
        for warning in warnings:
            told(warning)
            assert not any(nip in warning.reason for nip in (HEAD, OFFICER, SECOND, CLERK))
    return decided


def causes(decided: DecidedRaters, nip: str) -> list[str]:
    return [warning.code for warning in decided.warnings.get(nip, ())]


def ordered_by(holder: str, since: dt.datetime, until: dt.datetime | None = None) -> PastRelation:
    return PastRelation(OFFICER, holder, since, until, ordered=True)


def imported(holder: str, since: dt.datetime, until: dt.datetime | None = None) -> PastRelation:
    return PastRelation(OFFICER, holder, since, until, ordered=False)


def test_a_new_person_gets_the_superior_as_rater() -> None:
    decided = decide(person(), person(**OFFICER_POST))
    assert decided.changed == {OFFICER: HEAD}
    assert decided.changes == Changes(new=1)


def test_the_same_superior_changes_nothing() -> None:
    decided = decide(person(), person(**OFFICER_POST), present={HEAD: None, OFFICER: HEAD})
    assert (decided.changed, decided.changes) == ({}, Changes(unchanged=1))


def test_nobody_above_is_told_and_ends_the_present_rater() -> None:
    decided = decide(person(), present={HEAD: OFFICER, OFFICER: None})
    assert decided.changed == {HEAD: None}
    assert causes(decided, HEAD) == ["superior_missing"]
    assert decided.changes == Changes(changed=1)


def test_a_superior_whom_only_the_database_has_is_known() -> None:
    decided = decide(person(**OFFICER_POST), present={HEAD: None})
    assert (decided.changed, decided.warnings) == ({OFFICER: HEAD}, {})


def test_a_superior_whom_nobody_knows_changes_nothing() -> None:
    decided = decide(person(**OFFICER_POST), present={OFFICER: SECOND, SECOND: None})
    assert decided.changed == {}
    assert causes(decided, OFFICER) == ["superior_unknown"]


def test_a_superior_whose_own_line_is_refused_is_told_with_that_line() -> None:
    decided = decide(person(**OFFICER_POST), refused={HEAD: 7})
    (warning,) = decided.warnings[OFFICER]
    assert (warning.code, "line 7" in warning.reason) == ("superior_unknown", True)


def test_who_names_oneself_keeps_the_present_rater() -> None:
    decided = decide(person(**OFFICER_POST | {"atasan_nip": OFFICER}), present={OFFICER: HEAD, HEAD: None})
    assert decided.changed == {}


def test_a_circle_is_not_written_for_anybody_in_it() -> None:
    decided = decide(
        person(atasan_nip=CLERK), person(**OFFICER_POST), person(**CLERK_POST | {"atasan_nip": OFFICER})
    )
    assert decided.changed == {}
    assert [causes(decided, nip) for nip in (HEAD, OFFICER, CLERK)] == [["superior_loop"]] * 3
    assert "2 → 4 → 3 → 2" in decided.warnings[HEAD][0].reason


def test_somebody_below_a_circle_gets_the_rater() -> None:
    decided = decide(person(atasan_nip=OFFICER), person(**OFFICER_POST), person(**CLERK_POST))
    assert decided.changed == {CLERK: HEAD}
    assert causes(decided, CLERK) == []


def test_a_circle_through_somebody_whom_only_the_database_has_is_not_written() -> None:
    decided = decide(person(atasan_nip=SECOND), present={HEAD: None, SECOND: HEAD})
    assert (decided.changed, causes(decided, HEAD)) == ({}, ["superior_loop"])


def test_a_file_without_superiors_changes_nothing_and_tells_who_has_nobody() -> None:
    decided = decide(person(), person(**OFFICER_POST), present={HEAD: None, OFFICER: SECOND}, silent=True)
    assert decided.changed == {}
    assert (causes(decided, HEAD), causes(decided, OFFICER)) == (["superior_missing"], [])


def test_the_rater_of_an_order_stays_while_the_file_names_the_replaced_one() -> None:
    history = [ordered_by(SECOND, MARCH), imported(HEAD, JANUARY, MARCH)]
    decided = decide(
        person(), person(**OFFICER_POST), present={OFFICER: SECOND, SECOND: HEAD}, ordered={OFFICER: history}
    )
    assert decided.changed == {}
    assert causes(decided, OFFICER) == ["rater_kept"]


def test_a_third_person_in_the_file_wins_over_an_order() -> None:
    history = [ordered_by(SECOND, MARCH), imported(HEAD, JANUARY, MARCH)]
    decided = decide(
        person(**OFFICER_POST | {"atasan_nip": CLERK}),
        present={OFFICER: SECOND, CLERK: None, SECOND: None},
        ordered={OFFICER: history},
    )
    assert (decided.changed, causes(decided, OFFICER)) == ({OFFICER: CLERK}, [])


def test_the_file_may_come_to_name_the_rater_of_the_order() -> None:
    history = [ordered_by(SECOND, MARCH), imported(HEAD, JANUARY, MARCH)]
    decided = decide(
        person(**OFFICER_POST | {"atasan_nip": SECOND}),
        person(**SECOND_POST | {"atasan_nip": ""}),
        present={OFFICER: SECOND, SECOND: None},
        ordered={OFFICER: history},
    )
    assert (decided.changed, causes(decided, OFFICER)) == ({}, [])


def test_a_rater_of_an_order_stays_while_the_file_still_names_nobody() -> None:
    decided = decide(
        person(), present={HEAD: SECOND, SECOND: None}, ordered={HEAD: [ordered_by(SECOND, MARCH)]}
    )
    assert (decided.changed, causes(decided, HEAD)) == ({}, ["rater_kept"])


def test_several_orders_in_a_row_replace_whom_the_first_replaced() -> None:
    history = [ordered_by("c", MAY), ordered_by("b", MARCH, MAY), imported("a", JANUARY, MARCH)]
    assert replaced_by_orders(history) == {"a", "b"}


def test_before_the_last_import_nobody_was_replaced_by_orders() -> None:
    history = [ordered_by("c", MAY), imported("b", MARCH, MAY), ordered_by("a", JANUARY, MARCH)]
    assert replaced_by_orders(history) == {"b"}


def test_after_a_time_without_rater_an_order_replaced_nobody() -> None:
    assert replaced_by_orders([ordered_by("b", MAY), imported("a", JANUARY, MARCH)]) == {None}


def test_without_an_order_nobody_was_replaced() -> None:
    assert replaced_by_orders([]) == frozenset()
