"""Drives a year in Kotabumi for two teachers and an extension worker, until every case is final."""

import asyncio
import datetime as dt

from service.demo.systems import KOTABUMI
from service.temporal.attending import AttendingStart
from tests.service.api.conftest import Service
from tests.systems import kotabumi as forms
from tests.systems.driven import DrivenYear
from tests.systems.year import Year, begin

TEACHER, COLLEAGUE, ADVISER = "Rina Oktaviani", "Anton Gunawan", "Bambang Irawan"
EVERYBODY = (TEACHER, COLLEAGUE, ADVISER)
SCHOOL, OFFICE = "Kartini Lubis", "Syamsul Bahri"
RATERS = {TEACHER: SCHOOL, COLLEAGUE: SCHOOL, ADVISER: OFFICE}
SUPERIOR, OFFICER = "Mulyadi Siregar", "Ida Farida"
LOOKING = (TEACHER, SCHOOL, SUPERIOR, OFFICER)
PEERS = ("Anton Gunawan", "Dian Permata", "Melati Simatupang")
"""Of the teacher, who answer; they see no more of her case than anybody else."""
TOO_FEW = ("Dian Permata", "Fajar Nugraha")
"""Who answer about her colleague."""
_PATIENCE_SECONDS = 60

TAKEN = {
    TEACHER: ("pupils_average", "pupils_passed", "parents_met"),
    COLLEAGUE: ("pupils_passed", "pupils_guided"),
    ADVISER: ("places_served", "groups_advised"),
}
"""What everybody takes over from the library of his job."""
TITLES = {
    TEACHER: "Peserta didik mencapai ketuntasan belajar",
    COLLEAGUE: "Peserta didik terampil berhitung",
    ADVISER: "Petani menerapkan pemupukan berimbang",
}
AREAS = {TEACHER: "talking_to_parents", COLLEAGUE: "teaching", ADVISER: "field_methods"}
"""What everybody is to improve."""
RATINGS: dict[str, forms.Form] = {
    TEACHER: forms.rating(AREAS[TEACHER], results="above", behaviour="above"),
    COLLEAGUE: forms.rating(AREAS[COLLEAGUE]),
    ADVISER: forms.rating(AREAS[ADVISER], results="below"),
}


async def drive(service: Service) -> DrivenYear:
    """The whole year."""
    driven = DrivenYear(await begin(service, KOTABUMI, EVERYBODY))
    plans = await _plan(driven)
    await _note(driven)
    await _check_in(driven, plans)
    await _ask_peers(driven)
    await _look_back(driven, plans)
    await _rate(driven)
    await _hand_over(driven)
    return driven


async def _plan(driven: DrivenYear) -> dict[str, forms.Form]:
    """Plans from the library; one that has nothing of the dealings with pupils and parents is refused."""
    year, seen, plans = driven.year, driven.seen, {}
    await year.on("2026-01-12")
    for employee in EVERYBODY:
        library = await year.of(employee, "library")
        offered = {each["name"]: each for each in library["items"]}
        seen[f"plan form of {employee}"] = await year.of(employee, "forms/plan")
        plans[employee] = forms.plan(TITLES[employee], [offered[name] for name in TAKEN[employee]])
        if employee == TEACHER:
            without = forms.plan(TITLES[employee], [offered[name] for name in TAKEN[employee][:2]])
            seen["plan without dealings"] = await year.refused(employee, employee, "submit_plan", without)
        await year.act(employee, employee, "submit_plan", plans[employee])
        await year.act(RATERS[employee], employee, "approve_plan")
    return plans


async def _note(driven: DrivenYear) -> None:
    """The rater notes what he saw, and the employee whom she met."""
    year, seen = driven.year, driven.seen
    await year.on("2026-03-10")
    seen["observation"] = await year.note(
        SCHOOL,
        TEACHER,
        "observation",
        {"seen_on": "2026-03-10", "note": "Menjelaskan nilai ujian kepada enam orang tua dengan sabar"},
        item="h1",
    )
    await year.note(TEACHER, TEACHER, "contact", forms.contact(), item="parents-met")
    seen["notes at once"] = await year.of(TEACHER, "file")
    seen["notes and the superior"] = await year.of(TEACHER, "file", SUPERIOR)


async def _check_in(driven: DrivenYear, plans: dict[str, forms.Form]) -> None:
    year = driven.year
    for day in ("2026-06-03", "2026-11-03"):
        await year.on(day)
        for employee in EVERYBODY:
            await year.act(employee, employee, "submit_check_in", forms.report(plans[employee]))
            await year.act(RATERS[employee], employee, "review_check_in", forms.review())


async def _ask_peers(driven: DrivenYear) -> None:
    """Three peers answer about the teacher and two about her colleague, until the surveys close by themselves."""
    year, seen = driven.year, driven.seen
    await year.on("2026-11-20")
    path = f"/cycles/{year.cycle}/surveys"
    seen["prepared"] = (await year.post(OFFICER, path, {})).json()
    surveys = {line["name"]: line["id"] for line in (await year.seen(OFFICER, path))["items"]}
    found = {employee: next(surveys[name] for name in surveys if employee in name) for employee in EVERYBODY}
    seen["invitations"] = (await year.seen(OFFICER, f"/surveys/{found[TEACHER]}"))["invitations"]
    await year.on("2026-12-01")
    await _attended(year, "open")
    for peer, (step, suggestion) in zip(PEERS, forms.PEERS, strict=True):
        seen["asked"] = await year.seen(peer, f"/surveys/{found[TEACHER]}")
        taken = await year.post(peer, f"/surveys/{found[TEACHER]}/answer", forms.answer(step, suggestion))
        assert taken.status_code == 200, taken.text
    for peer in TOO_FEW:
        answer = forms.answer("always", "Tetap bersemangat")
        taken = await year.post(peer, f"/surveys/{found[COLLEAGUE]}/answer", answer)
        assert taken.status_code == 200, taken.text
    seen["participation"] = {line["id"]: line for line in (await year.seen(OFFICER, path))["items"]}[
        found[TEACHER]
    ]
    await year.on("2026-12-15")
    await _attended(year, "closed")


async def _attended(year: Year, state: str) -> None:
    """Tells the engine, as the worker does, until all surveys of the cycle are in a state."""
    telling = AttendingStart(year.service.database, year.service.engine, patience=dt.timedelta(0))
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            await telling.tell_waiting()
            lines = (await year.seen(OFFICER, f"/cycles/{year.cycle}/surveys"))["items"]
            if {line["state"] for line in lines} == {state}:
                return
            await asyncio.sleep(0.1)


async def _look_back(driven: DrivenYear, plans: dict[str, forms.Form]) -> None:
    """Nobody is rated before he has spoken himself."""
    year, seen = driven.year, driven.seen
    await year.on("2026-12-16")
    seen["rated before the self-assessment"] = await year.tried(SCHOOL, TEACHER, "rate", RATINGS[TEACHER])
    seen["survey before the self-assessment"] = {
        who: await year.status(TEACHER, "surveys", who) for who in LOOKING
    }
    for employee in EVERYBODY:
        form = forms.self_assessment(plans[employee])
        await year.act(employee, employee, "submit_self_assessment", form)
    seen["survey after the self-assessment"] = {
        who: await year.status(TEACHER, "surveys", who) for who in LOOKING
    }
    seen["file of the rater at once"] = await year.of(TEACHER, "file", SCHOOL)
    seen["file of the superior"] = await year.of(TEACHER, "file", SUPERIOR)


async def _rate(driven: DrivenYear) -> None:
    """Feedback without anything to improve, or without a suggestion, is refused."""
    year, seen = driven.year, driven.seen
    await year.on("2027-01-11")
    none: forms.Form = {**RATINGS[TEACHER], "improvements": []}
    (area,) = RATINGS[TEACHER]["improvements"]
    bare: forms.Form = {**none, "improvements": [{k: v for k, v in area.items() if k != "suggestion"}]}
    seen["nothing to improve"] = await year.refused(SCHOOL, TEACHER, "rate", none)
    seen["no suggestion"] = await year.refused(SCHOOL, TEACHER, "rate", bare)
    silent: forms.Form = {**RATINGS[TEACHER], "views": {}}
    seen["self-assessment not considered"] = await year.refused(SCHOOL, TEACHER, "rate", silent)
    for employee in EVERYBODY:
        await year.act(RATERS[employee], employee, "rate", RATINGS[employee])
    seen["rating before"] = await year.status(TEACHER, "rating", TEACHER)
    seen["survey before delivery"] = await year.status(TEACHER, "surveys", TEACHER)
    seen["follow-up before delivery"] = await year.status(TEACHER, "follow-up", TEACHER)


async def _hand_over(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2027-01-20")
    for employee in EVERYBODY:
        await year.act(RATERS[employee], employee, "deliver_result", forms.meeting(AREAS[employee]))
    seen["follow-up before it is final"] = await year.of(TEACHER, "follow-up")
    path = f"/appraisals/{year.cases[TEACHER]}/trainings"
    choice = {"training": "school_and_parents", "weakness": AREAS[TEACHER]}
    seen["chosen"] = await year.post(TEACHER, path, choice)
    for employee in EVERYBODY:
        await year.act(employee, employee, "acknowledge_receipt")
        await year.act(employee, employee, "agree")
        await year.act(RATERS[employee], employee, "finalise")
    await year.rest_settled()
