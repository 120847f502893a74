"""Drives a year in a hospital of Tangerang Selatan for five people and their teams, until every case is final."""

import asyncio
import datetime as dt
from typing import Any

from service.demo.systems import TANGSEL_EVALUASI
from service.temporal.attending import AttendingStart
from tests.service.api.conftest import Service
from tests.systems import tangsel as forms
from tests.systems.driven import DrivenYear
from tests.systems.nasional_forms import Form
from tests.systems.year import Year, begin

DOCTOR, NURSE, PHARMACIST = "Intan Permata", "Arif Budiman", "Rangga Saputra"
ANALYST, COMPLAINTS = "Lestari Wulandari", "Wulan Anggraini"
"""The analyst belongs to no team, and the team of who handles complaints gets no result."""
EVERYBODY = (DOCTOR, NURSE, PHARMACIST, ANALYST, COMPLAINTS)
CLINIC, PHARMACY, OFFICE = "Hanung Wicaksono", "Kartika Maharani", "Siti Rohmah"
RATERS = {DOCTOR: CLINIC, NURSE: CLINIC, PHARMACIST: PHARMACY, ANALYST: "Slamet Haryadi", COMPLAINTS: OFFICE}
OFFICER = "Dimas Prakoso"
QUEUE, MEDICINES, COUNTER = "Tim Antrean Rawat Jalan", "Tim Obat Tepat Waktu", "Tim Loket Pengaduan"
TAKEN = {
    DOCTOR: ("patients_served", "correct_identification"),
    NURSE: ("patients_served", "correct_identification"),
    PHARMACIST: ("prescriptions_served", "dispensing_correct"),
    ANALYST: ("tests_done", "critical_reported"),
    COMPLAINTS: ("documents_done", "complaints_in_time"),
}
"""What everybody takes over from the library of his job."""
HANDLED = (
    ("Antrean obat terlalu lama", 3),
    ("Jadwal dokter berubah", 5),
    ("Berkas tertukar", 7.5),
    ("Parkir", 40),
)
"""What about, and the working hours that it took."""
HOSPITAL = "Rumah Sakit Umum Daerah Contoh"
CLINIC_UNIT, PHARMACY_UNIT, LABORATORY = "Unit Rawat Jalan", "Unit Farmasi", "Unit Laboratorium"
SAID = {
    CLINIC_UNIT: (6, {"time": "not_good"}),
    PHARMACY_UNIT: (6, {"time": "bad", "complaints": "not_good"}),
    LABORATORY: (3, {}),
}
"""How many people answered for a service unit, and what they called less than very good."""
SUGGESTION = "Perawat Arif Budiman ramah, tetapi antrean obat terlalu lama"
_PATIENCE_SECONDS = 60


async def drive(service: Service) -> DrivenYear:
    """The whole year."""
    driven = DrivenYear(await begin(service, TANGSEL_EVALUASI, EVERYBODY))
    plans = await _plan(driven)
    await _form_teams(driven)
    await _hear_the_public(driven)
    await _check_in(driven, plans)
    await _rate_teams(driven)
    await _look_back(driven, plans)
    await _rate(driven, plans)
    await _hand_over(driven)
    return driven


async def attended(year: Year) -> None:
    """Tells the engine what is to be attended to, and waits until it has done what is due on the day."""
    start = AttendingStart(year.service.database, year.service.engine, patience=dt.timedelta(seconds=2))
    open_ = (
        "SELECT count(*) FROM attended JOIN cycle ON cycle.id = attended.cycle_id WHERE ended_at IS NULL"
        " AND cycle_id = :cycle AND due_at <= business_at(cycle.clock, now())"
    )
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while await year.service.value(open_, cycle=year.cycle):
            await start.tell_waiting()
            await asyncio.sleep(0.1)


async def _plan(driven: DrivenYear) -> dict[str, Form]:
    year, plans = driven.year, {}
    await year.on("2026-01-12")
    for employee in EVERYBODY:
        library = await year.of(employee, "library")
        driven.seen[f"library of {employee}"] = library
        offered = {each["name"]: each for each in library["items"]}
        plans[employee] = forms.plan("Layanan sesuai standar", [offered[each] for each in TAKEN[employee]])
    driven.seen["described"] = await year.refused(NURSE, NURSE, "submit_plan", forms.in_words(plans[NURSE]))
    for employee in EVERYBODY:
        await year.act(employee, employee, "submit_plan", plans[employee])
        await year.act(RATERS[employee], employee, "approve_plan")
    return plans


async def _form_teams(driven: DrivenYear) -> None:
    """Three teams; the pharmacist changes from one to another in the middle of the year."""
    year = driven.year
    await year.on("2026-02-02")
    driven.seen[QUEUE] = await _team(
        year, QUEUE, DOCTOR, _member(year, NURSE), _member(year, PHARMACIST, "2026-07-01")
    )
    driven.seen[MEDICINES] = await _team(year, MEDICINES, PHARMACIST)
    driven.seen[COUNTER] = await _team(year, COUNTER, COMPLAINTS)
    path = f"/cycles/{year.cycle}/teams"
    driven.seen["team by a rater"] = await year.post(CLINIC, path, _body(driven.year, QUEUE, DOCTOR))


async def _team(year: Year, name: str, leader: str, *members: dict[str, str]) -> Any:
    body = _body(year, name, leader) | {"members": list(members)}
    answer = await year.post(OFFICER, f"/cycles/{year.cycle}/teams", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _body(year: Year, name: str, leader: str) -> dict[str, Any]:
    task = "Memangkas waktu tunggu pasien"
    unit = str(year.units[leader])
    return {"name": name, "task": task, "unit": unit, "input": "team", "leader": str(year.people[leader])}


def _member(year: Year, name: str, first: str | None = None) -> dict[str, str]:
    return {"person": str(year.people[name]), **({} if first is None else {"first_day": first})}


async def _hear_the_public(driven: DrivenYear) -> None:
    """People at the counters answer by a link, without an account."""
    year, seen = driven.year, driven.seen
    await year.on("2026-05-05")
    query = "SELECT id FROM unit WHERE agency_id = :agency AND name = :name"
    for name, (people, less) in SAID.items():
        unit = await year.service.value(query, agency=year.agency, name=name)
        seen[f"unit {name}"] = unit
        opened = await year.put(OFFICER, f"/units/{unit}/public-link", {"open": True})
        assert opened.status_code == 200, opened.text
        address = "/api/v1/public/" + opened.json()["url"].split("/")[-1]
        for _ in range(people):
            form = (await year.service.http.get(address)).json()
            seen[f"form {name}"] = form
            answers = {each["name"]: less.get(each["name"], "very_good") for each in form["elements"]}
            body = {"answers": answers, "text": SUGGESTION, "nonce": form["nonce"]}
            answer = await year.service.http.post(address, json=body)
            assert answer.status_code in (200, 201), answer.text
    seen["hospital"] = await year.service.value(query, agency=year.agency, name=HOSPITAL)
    seen["link by a rater"] = await year.put(CLINIC, f"/units/{unit}/public-link", {"open": True})


async def _check_in(driven: DrivenYear, plans: dict[str, Form]) -> None:
    year = driven.year
    await year.on("2026-05-06")
    for matter, hours in HANDLED:
        await year.note(COMPLAINTS, COMPLAINTS, "complaint", forms.complaint(matter, hours))
    for matter, hours in HANDLED[:2]:
        await year.note(PHARMACIST, PHARMACIST, "complaint", forms.complaint(matter, hours))
    for day in ("2026-06-03", "2026-11-03"):
        await year.on(day)
        for employee in EVERYBODY:
            await year.act(employee, employee, "submit_check_in", forms.report(plans[employee]))
            await year.act(RATERS[employee], employee, "review_check_in", forms.REVIEW)
        if day.startswith("2026-06"):
            await _leave_the_team(driven)


async def _leave_the_team(driven: DrivenYear) -> None:
    year = driven.year
    path = f"/teams/{driven.seen[MEDICINES]['id']}/members/{year.people[PHARMACIST]}/end"
    ended = await year.post(OFFICER, path, {"last_day": "2026-06-30"})
    assert ended.status_code == 200, ended.text
    driven.seen["after the change"] = ended.json()


async def _rate_teams(driven: DrivenYear) -> None:
    """Results are asked for and set; that of the third team never comes."""
    year, seen = driven.year, driven.seen
    await year.on("2026-12-06")
    await attended(year)
    seen["asked"] = {who: await year.seen(who, "/inbox") for who in (CLINIC, PHARMACY, OFFICE, DOCTOR)}
    await year.on("2026-12-07")
    path = f"/teams/{seen[QUEUE]['id']}/result"
    seen["by the leader"] = await year.put(DOCTOR, path, forms.result("beyond"))
    seen["by a member"] = await year.put(NURSE, path, forms.result("beyond"))
    seen["by another"] = await year.put(ANALYST, path, forms.result("beyond"))
    for step in ("reached", "beyond"):
        answer = await year.put(CLINIC, path, forms.result(step))
        assert answer.status_code == 200, answer.text
    seen["rated"] = answer.json()
    medicines = f"/teams/{seen[MEDICINES]['id']}/result"
    assert (await year.put(PHARMACY, medicines, forms.result("partly"))).status_code == 200
    seen["before the last day"] = await year.of(COMPLAINTS, "teams")
    await year.on("2026-12-21", 1)
    await attended(year)
    seen["after the last day"] = await year.of(COMPLAINTS, "teams")
    seen["officers told"] = await year.seen(OFFICER, "/inbox")


async def _look_back(driven: DrivenYear, plans: dict[str, Form]) -> None:
    year = driven.year
    await year.on("2026-12-22")
    for employee in EVERYBODY:
        await year.act(employee, employee, "submit_self_assessment", forms.self_assessment(plans[employee]))


async def _rate(driven: DrivenYear, plans: dict[str, Form]) -> None:
    year = driven.year
    await year.on("2027-01-11")
    without = forms.rating(plans[NURSE])
    del without["indicators"][forms.indicators(plans[NURSE])[0]]["realised"]
    driven.seen["nothing realised"] = await year.refused(CLINIC, NURSE, "rate", without)
    for employee in EVERYBODY:
        await year.act(RATERS[employee], employee, "rate", forms.rating(plans[employee]))
    # A result that is corrected afterwards changes nothing that was rated.
    answer = await year.put(CLINIC, f"/teams/{driven.seen[QUEUE]['id']}/result", forms.result("hardly"))
    assert answer.status_code == 200, answer.text
    driven.seen["rating before"] = await year.status(NURSE, "rating", NURSE)


async def _hand_over(driven: DrivenYear) -> None:
    year = driven.year
    await year.on("2027-01-20")
    for employee in EVERYBODY:
        talk = forms.meeting(["service_attitude"], ["complaint_handling"])
        await year.act(RATERS[employee], employee, "deliver_result", talk)
    driven.seen["follow-up before it is final"] = await year.of(COMPLAINTS, "follow-up")
    for employee in EVERYBODY:
        await year.act(employee, employee, "acknowledge_receipt")
        await year.act(employee, employee, "agree")
        # The rater of who handles complaints is a personnel officer as well, and says as what she acts.
        await year.act(RATERS[employee], employee, "finalise", capacity="rater")
    await year.rest_settled()
