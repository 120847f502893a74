"""A roster goes into the database as a whole, any number of times."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.roster import Roster, RosterFile, read_roster
from service.roster.applying import apply_roster
from service.roster.comparing import RosterRefused, check_roster
from service.roster.sample import sample_file
from service.roster.verdicts import Changes, Outcome, Verdict, Verdicts
from store.person.importing import FIRST_VALID_FROM
from tests.service.roster.rosters import (
    CLERK,
    CLERK_POST,
    HEAD,
    OFFICER,
    OFFICER_POST,
    PERSON,
    SECOND,
    SECOND_POST,
    people,
    person,
    read,
    told,
    units,
)

LATER = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)

pytestmark = pytest.mark.database


def three(**officer: str) -> Roster:
    """A head, a second person, and an officer who reports to the head unless told otherwise."""
    lines = (person(), person(**SECOND_POST), person(**(OFFICER_POST | officer)))
    return read(units(), people(*lines))


async def rows(database: AsyncEngine, sql: str, **parameters: Any) -> Sequence[Any]:
    async with database.connect() as connection:
        return (await connection.execute(text(sql), parameters)).all()


async def raters_of(
    database: AsyncEngine, nip: str
) -> list[tuple[str, str, dt.datetime, dt.datetime | None]]:
    found = await rows(
        database,
        """SELECT holder.nip, assignment.kind, valid_from, valid_until FROM assignment
        JOIN person AS employee ON employee.id = employee_id JOIN person AS holder ON holder.id = holder_id
        WHERE employee.nip = :nip ORDER BY valid_from, assignment.kind""",
        nip=nip,
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


@pytest.fixture(scope="module")
def sample() -> Roster:
    return read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))


async def test_a_first_import_writes_everybody(database: AsyncEngine, sample: Roster) -> None:
    result = await apply_roster(database, "Kota Contoh", sample)
    assert result.agency_is_new
    assert result.units == Changes(new=12)
    assert result.people == Changes(new=60)
    assert result.raters == Changes(new=59)
    assert await rows(database, "SELECT count(*) FROM person") == [(60,)]


async def test_the_same_import_again_changes_nothing(database: AsyncEngine, sample: Roster) -> None:
    await apply_roster(database, "Kota Contoh", sample)
    result = await apply_roster(database, "Kota Contoh", sample)
    assert not result.agency_is_new
    assert result.units == Changes(unchanged=12)
    assert result.people == Changes(unchanged=60)
    assert result.raters == Changes(unchanged=59)


async def test_a_unit_stands_below_its_parent_whatever_the_order_of_the_lines(database: AsyncEngine) -> None:
    below_first = units("U2,Dinas,U1,dinas,Asia/Makassar", "U1,Pemerintah Kota,,pemda,Asia/Jakarta")
    await apply_roster(database, "Kota", read(below_first))
    tree = await rows(
        database,
        "SELECT unit.code, unit.zone, parent.code FROM unit "
        "LEFT JOIN unit AS parent ON parent.id = unit.parent_id ORDER BY 1",
    )
    assert tree == [("U1", "Asia/Jakarta", None), ("U2", "Asia/Makassar", "U1")]


async def test_an_agency_is_in_the_zone_of_its_topmost_unit(database: AsyncEngine) -> None:
    eastern = units("U1,Pemerintah Kota,,pemda,Asia/Jayapura", "U2,Perwakilan,U1,badan,Asia/Jakarta")
    await apply_roster(database, "Kota", read(eastern))
    assert await rows(database, "SELECT zone FROM agency") == [("Asia/Jayapura",)]


async def test_a_unit_that_moved_or_was_renamed_counts_once_as_changed(database: AsyncEngine) -> None:
    top, first, second = (
        "U1,Pemerintah Kota,,pemda,Asia/Jakarta",
        "U2,Dinas,U1,dinas,Asia/Jakarta",
        "U3,Bidang,U1,bidang,Asia/Jakarta",
    )
    await apply_roster(database, "Kota", read(units(top, first, second)))
    moved_and_renamed = "U3,Bidang Baru,U2,bidang,Asia/Jakarta"
    result = await apply_roster(database, "Kota", read(units(top, first, moved_and_renamed)))
    assert result.units == Changes(changed=1, unchanged=2)


async def test_a_changed_person_is_corrected_and_keeps_the_id(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    before = await rows(database, "SELECT id FROM person WHERE nip = :nip", nip=OFFICER)
    result = await apply_roster(database, "Kota", three(golongan="III/c", email=""))
    assert result.people == Changes(changed=1, unchanged=2)
    after = await rows(database, "SELECT id, grade, email FROM person WHERE nip = :nip", nip=OFFICER)
    assert after == [(before[0][0], "III/c", "")]


async def contract_of(database: AsyncEngine, nip: str) -> dt.date | None:
    ((until,),) = await rows(database, "SELECT contract_until FROM person WHERE nip = :nip", nip=nip)
    assert until is None or isinstance(until, dt.date)
    return until


async def test_the_end_of_a_contract_is_kept(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read(units(), people(person(), person(**CLERK_POST))))
    assert await contract_of(database, CLERK) == dt.date(2029, 2, 28)
    assert await contract_of(database, HEAD) is None


async def test_an_extended_contract_is_a_change_of_its_column(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read(units(), people(person(), person(**CLERK_POST))))
    extended = CLERK_POST | {"tanggal_akhir_kontrak": "28-02-2030"}
    result = await apply_roster(database, "Kota", read(units(), people(person(), person(**extended))))
    (change,) = [change for row in result.verdicts.rows for change in row.changes]
    assert (change.column, change.before, change.after) == (
        "tanggal_akhir_kontrak",
        "28-02-2029",
        "28-02-2030",
    )
    assert await contract_of(database, CLERK) == dt.date(2030, 2, 28)


def without_contracts(*lines: dict[str, str]) -> Roster:
    """A file that has no column for the end of a contract."""
    place = list(PERSON).index("tanggal_akhir_kontrak")
    table = [list(PERSON), *(list((PERSON | line).values()) for line in lines)]
    return read(units(), "\n".join(",".join(row[:place] + row[place + 1 :]) for row in table) + "\n")


async def test_a_file_without_the_column_leaves_the_end_of_a_contract(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read(units(), people(person(), person(**CLERK_POST))))
    result = await apply_roster(database, "Kota", without_contracts({}, CLERK_POST))
    assert result.people == Changes(unchanged=2)
    assert await contract_of(database, CLERK) == dt.date(2029, 2, 28)


async def test_whoever_is_no_pppk_any_more_has_no_contract_whatever_was_known(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read(units(), people(person(), person(**CLERK_POST))))
    await apply_roster(database, "Kota", without_contracts({}, CLERK_POST | {"jenis_asn": "PNS"}))
    assert await contract_of(database, CLERK) is None


async def test_a_first_rater_counts_from_before_every_cycle(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    assert await raters_of(database, OFFICER) == [(HEAD, "definitive", FIRST_VALID_FROM, None)]


async def test_a_new_superior_ends_the_old_one_at_the_moment_of_the_import(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    result = await apply_roster(database, "Kota", three(atasan_nip=SECOND), now=LATER)
    assert result.raters == Changes(changed=1, unchanged=1)
    assert await raters_of(database, OFFICER) == [
        (HEAD, "definitive", FIRST_VALID_FROM, LATER),
        (SECOND, "definitive", LATER, None),
    ]


async def test_a_person_without_superior_loses_the_rater_and_gets_one_back_later(
    database: AsyncEngine,
) -> None:
    await apply_roster(database, "Kota", three())
    ended = await apply_roster(database, "Kota", three(atasan_nip=""), now=LATER)
    assert ended.raters == Changes(changed=1, unchanged=1)
    again = LATER + dt.timedelta(days=1)
    begun = await apply_roster(database, "Kota", three(), now=again)
    assert begun.raters == Changes(new=1, unchanged=1)
    assert await raters_of(database, OFFICER) == [
        (HEAD, "definitive", FIRST_VALID_FROM, LATER),
        (HEAD, "definitive", again, None),
    ]


async def test_an_acting_rater_is_never_touched(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    async with database.begin() as transaction:
        await transaction.execute(
            text("""INSERT INTO assignment
                (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
            SELECT gen_random_uuid(), employee.id, 'rater', holder.id, 'plh', :since, '', now()
            FROM person AS employee, person AS holder WHERE employee.nip = :nip AND holder.nip = :acting"""),
            {"since": LATER, "nip": OFFICER, "acting": SECOND},
        )
    await apply_roster(database, "Kota", three(atasan_nip=""), now=LATER + dt.timedelta(days=1))
    assert (SECOND, "plh", LATER, None) in await raters_of(database, OFFICER)


async def test_the_same_person_may_serve_in_two_agencies(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    result = await apply_roster(database, "Kabupaten", three())
    assert result.people == Changes(new=3)
    assert await rows(database, "SELECT count(*) FROM agency") == [(2,)]


async def test_a_roster_with_problems_writes_nothing(database: AsyncEngine) -> None:
    broken = read(people_text=people(person(nip="1")))
    with pytest.raises(RosterRefused, match="1 rows are refused; nothing was written"):
        await apply_roster(database, "Kota", broken)
    assert await rows(database, "SELECT count(*) FROM agency") == [(0,)]


async def test_an_import_that_fails_half_way_leaves_nothing_behind(
    database: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> None:
        raise ConnectionError("the wire was cut")

    monkeypatch.setattr("service.roster.applying.record_import", fail)
    with pytest.raises(ConnectionError):
        await apply_roster(database, "Kota", three())
    for table in ("agency", "unit", "person", "assignment", "roster_import", "roster_finding"):
        assert await rows(database, f"SELECT count(*) FROM {table}") == [(0,)]


async def test_more_people_than_go_into_one_statement_are_all_written(
    database: AsyncEngine, monkeypatch: pytest.MonkeyPatch, sample: Roster
) -> None:
    monkeypatch.setattr("service.roster.applying.ROWS_AT_ONCE", 7)
    result = await apply_roster(database, "Kota", sample)
    assert (result.people, result.raters) == (Changes(new=60), Changes(new=59))


def verdict_of(verdicts: Verdicts, key: str) -> Verdict:
    (row,) = [row for row in verdicts.rows if row.key == key]
    for finding in row.findings:
        told(finding)
    return row


def causes(verdicts: Verdicts, key: str) -> list[str]:
    return [finding.code for finding in verdict_of(verdicts, key).findings]


async def findings(database: AsyncEngine) -> list[tuple[str, int]]:
    found = await rows(database, "SELECT cause, line FROM roster_finding ORDER BY cause, line")
    return [(row[0], row[1]) for row in found]


async def test_a_check_says_what_an_import_would_do_and_writes_nothing(database: AsyncEngine) -> None:
    verdicts = await check_roster(database, "Kota", three())
    assert verdicts.agency_id is None
    assert {row.outcome for row in verdicts.rows} == {Outcome.NEW}
    assert await rows(database, "SELECT count(*) FROM agency") == [(0,)]


async def test_a_check_gives_the_verdicts_that_the_import_then_gives(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    changed = three(golongan="III/c", atasan_nip=SECOND, email="")
    checked = await check_roster(database, "Kota", changed)
    applied = (await apply_roster(database, "Kota", changed)).verdicts
    assert (checked.rows, checked.raters) == (applied.rows, applied.raters)


async def test_after_an_import_a_check_of_the_same_files_finds_nothing_to_change(
    database: AsyncEngine, sample: Roster
) -> None:
    await apply_roster(database, "Kota", sample)
    verdicts = await check_roster(database, "Kota", sample)
    assert {row.outcome for row in verdicts.rows} == {Outcome.UNCHANGED}
    assert all(row.changes == () for row in verdicts.rows)


async def test_a_changed_person_is_told_column_by_column(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    changed = three(kedudukan_hukum="03", tmt_jabatan="01-02-2020", atasan_nip=SECOND)
    row = verdict_of(await check_roster(database, "Kota", changed), OFFICER)
    assert (row.outcome, row.line) == (Outcome.CHANGED, 4)
    assert [(change.column, change.before, change.after) for change in row.changes] == [
        ("kedudukan_hukum", "01", "03"),
        ("tmt_jabatan", "21-07-2018", "01-02-2020"),
        ("atasan_nip", "*" * 15 + "901", "*" * 15 + "903"),
    ]


async def test_a_changed_unit_is_told_column_by_column(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read())
    renamed = units("U1,Kota Baru,,pemda,Asia/Makassar")
    row = verdict_of(await check_roster(database, "Kota", read(renamed)), "U1")
    assert [(change.column, change.after) for change in row.changes] == [
        ("unor_nama", "Kota Baru"),
        ("zona_waktu", "Asia/Makassar"),
    ]


async def test_a_person_in_a_unit_that_nobody_knows_is_refused(database: AsyncEngine) -> None:
    verdicts = await check_roster(database, "Kota", three(unor_id="U9"))
    row = verdict_of(verdicts, OFFICER)
    assert (row.outcome, row.line, causes(verdicts, OFFICER)) == (Outcome.REFUSED, 4, ["unknown_unit"])


async def test_a_unit_that_only_the_database_has_can_be_referred_to(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read())
    roster = read_roster(None, people(person(), person(**OFFICER_POST)).encode())
    result = await apply_roster(database, "Kota", roster)
    assert (result.people, result.units) == (Changes(new=1, unchanged=1), Changes())


async def test_refused_rows_are_left_out_when_that_is_wanted(database: AsyncEngine) -> None:
    roster = three(tmt_jabatan="2020-01-01")
    result = await apply_roster(database, "Kota", roster, without_refused=True)
    assert (result.people, result.verdicts.refused) == (Changes(new=2), 1)
    assert await rows(database, "SELECT count(*) FROM person") == [(2,)]


async def test_an_unreadable_file_is_never_imported(database: AsyncEngine) -> None:
    with pytest.raises(RosterRefused):
        await apply_roster(database, "Kota", read(people_text="nip\n1\n"), without_refused=True)
    with pytest.raises(RosterRefused):
        await check_roster(database, "Kota", read(people_text="nip\n1\n"))


async def test_who_is_not_in_the_file_any_more_is_listed_and_stays(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    result = await apply_roster(database, "Kota", read(units(), people(person(), person(**SECOND_POST))))
    (gone,) = result.verdicts.vanished
    assert (gone.key, gone.shown_key) == (OFFICER, "*" * 15 + "902")
    assert await rows(database, "SELECT count(*) FROM person") == [(3,)]
    assert (await raters_of(database, OFFICER))[0][3] is None


async def test_who_is_refused_or_has_left_the_service_has_not_vanished(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three(kedudukan_hukum="98"))
    without_both = read(units(), people(person(), person(**SECOND_POST | {"nama": ""})))
    verdicts = await check_roster(database, "Kota", without_both)
    assert verdicts.vanished == ()


async def test_a_unit_that_is_not_in_the_file_any_more_is_listed_and_stays(database: AsyncEngine) -> None:
    two = units("U1,Kota,,pemda,Asia/Jakarta", "U2,Dinas,U1,dinas,Asia/Jakarta")
    await apply_roster(database, "Kota", read(two))
    result = await apply_roster(database, "Kota", read())
    assert [(gone.key, gone.name) for gone in result.verdicts.vanished] == [("U2", "Dinas")]
    assert await rows(database, "SELECT count(*) FROM unit") == [(2,)]


async def test_without_a_file_of_units_no_unit_has_vanished(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read())
    assert (await check_roster(database, "Kota", read_roster(None, people().encode()))).vanished == ()


async def test_what_the_file_does_not_tell_stays(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", read())
    short = read_roster(
        b"unor_id,unor_nama,unor_atasan_id\nU1,Pemerintah Kota,\n",
        people(
            ",".join(person().split(",")[:13]), header=",".join(people().splitlines()[0].split(",")[:13])
        ).encode(),
    )
    verdicts = await check_roster(database, "Kota", short)
    assert {row.outcome for row in verdicts.rows} == {Outcome.UNCHANGED}
    assert causes(verdicts, HEAD) == ["superior_missing"]


async def test_a_person_without_address_is_told(database: AsyncEngine) -> None:
    assert causes(await check_roster(database, "Kota", three(email="")), OFFICER) == ["email_missing"]


async def test_a_spoiled_address_is_not_told_twice(database: AsyncEngine) -> None:
    assert causes(await check_roster(database, "Kota", three(email="x")), OFFICER) == ["email_malformed"]


async def test_a_unit_without_zone_is_imported_without_and_told(database: AsyncEngine) -> None:
    result = await apply_roster(database, "Kota", read(units("U1,Kota,,pemda,")))
    assert causes(result.verdicts, "U1") == ["no_zone"]
    assert await rows(database, "SELECT zone FROM unit") == [("",)]
    assert ("no_zone", 2) in await findings(database)


async def test_a_parent_that_nobody_knows_is_told_and_the_unit_stays_where_it_is(
    database: AsyncEngine,
) -> None:
    top, below = "U1,Kota,,pemda,Asia/Jakarta", "U2,Dinas,{},dinas,Asia/Jakarta"
    await apply_roster(database, "Kota", read(units(top, below.format("U1"))))
    result = await apply_roster(database, "Kota", read(units(top, below.format("U7"))))
    assert causes(result.verdicts, "U2") == ["parent_unknown"]
    assert result.units == Changes(unchanged=2)


async def test_units_below_each_other_in_a_circle_stay_where_they_are(database: AsyncEngine) -> None:
    circle = units("U1,Kota,U2,pemda,Asia/Jakarta", "U2,Dinas,U1,dinas,Asia/Jakarta")
    result = await apply_roster(database, "Kota", read(circle))
    assert causes(result.verdicts, "U1") == causes(result.verdicts, "U2") == ["parent_loop"]
    assert "U1 → U2 → U1" in verdict_of(result.verdicts, "U1").findings[0].reason
    assert await rows(database, "SELECT count(*) FROM unit WHERE parent_id IS NULL") == [(2,)]


async def test_people_of_a_merged_unit_are_put_into_the_one_that_took_it_over(database: AsyncEngine) -> None:
    both = units("U1,Kota,,pemda,Asia/Jakarta", "U2,Dinas,U1,dinas,Asia/Jakarta")
    await apply_roster(database, "Kota", read(both))
    async with database.begin() as transaction:
        await transaction.execute(
            text("""UPDATE unit SET merged_at = now(), merged_into = heir.id FROM unit AS heir
            WHERE unit.code = 'U2' AND heir.code = 'U1'""")
        )
    roster = read(both, people(person(), person(**OFFICER_POST | {"unor_id": "U2"})))
    result = await apply_roster(database, "Kota", roster)
    assert causes(result.verdicts, OFFICER) == ["unit_merged"]
    assert await rows(database, "SELECT DISTINCT code FROM person JOIN unit ON unit.id = unit_id") == [
        ("U1",)
    ]


async def test_what_is_doubtful_is_kept_with_its_line_and_without_a_number(database: AsyncEngine) -> None:
    roster = read(
        units(),
        people(
            person(),
            person(**OFFICER_POST | {"atasan_nip": CLERK, "email": ""}),
            person(**SECOND_POST | {"atasan_nip": SECOND}),
        ),
    )
    await apply_roster(database, "Kota", roster)
    assert await findings(database) == [
        ("email_missing", 3),
        ("own_superior", 4),
        ("superior_missing", 2),
        ("superior_unknown", 3),
    ]
    kept = str(await rows(database, "SELECT parameters FROM roster_finding"))
    assert not any(nip in kept for nip in (HEAD, OFFICER, SECOND, CLERK))


async def test_the_next_import_of_somebody_replaces_what_was_found(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three(email=""))
    await apply_roster(database, "Kota", three())
    assert await findings(database) == [("superior_missing", 2)]
    assert await rows(database, "SELECT count(DISTINCT import_id) FROM roster_finding") == [(1,)]


async def test_what_was_found_about_others_stays(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three(email=""))
    await apply_roster(database, "Kota", read())
    assert ("email_missing", 4) in await findings(database)


async def test_two_units_are_a_finding_of_the_person_though_the_row_is_refused(database: AsyncEngine) -> None:
    both = units("U1,Kota,,pemda,Asia/Jakarta", "U2,Dinas,U1,dinas,Asia/Jakarta")
    roster = read(both, people(person(), person(unor_id="U2"), person(**CLERK_POST)))
    for _ in range(2):
        result = await apply_roster(database, "Kota", roster, without_refused=True)
        assert (result.verdicts.refused, len(result.verdicts.rows)) == (1, 5)
        assert await findings(database) == [("superior_missing", 2), ("two_units", 3)]


async def test_an_import_is_recorded_with_its_digest_and_numbers(database: AsyncEngine) -> None:
    roster = three(nama="")
    await apply_roster(database, "Kota", roster, without_refused=True)
    ((digest, counts),) = await rows(database, "SELECT digest, counts FROM roster_import")
    assert digest == roster.digest
    assert counts["roster.csv"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}


async def test_a_relation_of_one_appraisal_is_never_touched(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    async with database.begin() as transaction:
        await transaction.execute(
            text("ALTER TABLE assignment DROP CONSTRAINT fk_assignment_appraisal_id_appraisal")
        )
        await transaction.execute(
            text("""INSERT INTO assignment
                (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at, appraisal_id)
            SELECT gen_random_uuid(), employee.id, 'rater', holder.id, 'definitive', :since, '', now(),
                gen_random_uuid()
            FROM person AS employee, person AS holder WHERE employee.nip = :nip AND holder.nip = :other"""),
            {"since": LATER, "nip": OFFICER, "other": SECOND},
        )
    unchanged = await apply_roster(database, "Kota", three())
    assert unchanged.raters == Changes(unchanged=2)
    await apply_roster(database, "Kota", three(atasan_nip=""))
    assert (SECOND, "definitive", LATER, None) in await raters_of(database, OFFICER)


async def test_a_rater_whom_an_order_gave_stays_until_the_file_names_a_third(database: AsyncEngine) -> None:
    await apply_roster(database, "Kota", three())
    await order(database, OFFICER, SECOND)
    kept = await apply_roster(database, "Kota", three())
    assert causes(kept.verdicts, OFFICER) == ["rater_kept"]
    assert (await raters_of(database, OFFICER))[-1][0] == SECOND
    third = people(
        *(
            person(),
            person(**SECOND_POST),
            person(**CLERK_POST),
            person(**OFFICER_POST | {"atasan_nip": CLERK}),
        )
    )
    await apply_roster(database, "Kota", read(units(), third), now=LATER + dt.timedelta(days=1))
    assert (await raters_of(database, OFFICER))[-1][0] == CLERK


async def order(database: AsyncEngine, employee: str, holder: str) -> None:
    """What an operation of the personnel office leaves behind."""
    async with database.begin() as transaction:
        await transaction.execute(
            text("""WITH ordered AS (
                INSERT INTO operation (id, agency_id, key, fingerprint, kind, change, reason, authority,
                    requested_by, requested_at, effective_at, state)
                SELECT gen_random_uuid(), agency_id, 'k', repeat('0', 64), 'rater_replaced', '{}', '', '',
                    id, now(), :at, 'finished' FROM person WHERE nip = :nip RETURNING id
            ), ended AS (
                UPDATE assignment SET valid_until = :at FROM person
                WHERE person.id = employee_id AND nip = :nip AND valid_until IS NULL RETURNING 1
            )
            INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at,
                operation_id)
            SELECT gen_random_uuid(), employee.id, 'rater', holder.id, 'definitive', :at, 'SK 1', now(), ordered.id
            FROM ordered, (SELECT count(*) FROM ended) AS after_ending, person AS employee, person AS holder
            WHERE employee.nip = :nip AND holder.nip = :holder"""),
            {"at": LATER, "nip": employee, "holder": holder},
        )


async def test_the_number_of_queries_does_not_grow_with_the_rows(
    database: AsyncEngine, sample: Roster
) -> None:
    few, many = await queries_of(database, "Kecil", three()), await queries_of(database, "Besar", sample)
    assert few == many < 20


async def queries_of(database: AsyncEngine, agency: str, roster: Roster) -> int:
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    event.listen(database.sync_engine, "before_cursor_execute", note)
    await apply_roster(database, agency, roster)
    event.remove(database.sync_engine, "before_cursor_execute", note)
    return len(seen)
