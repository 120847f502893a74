"""Drives a year in Tangerang Selatan for the health staff of a centre and an archivist, until all are final."""

import asyncio
from typing import Any

from sqlalchemy import text

from activities.attended import kinds_with
from activities.attending import Attending
from activities.sealing import Seals
from service.demo.systems import TANGSEL_KOMPETENSI
from tests.service.api.conftest import SECRET, Service
from tests.systems import tangsel_kompetensi as forms
from tests.systems.driven import DrivenYear
from tests.systems.year import begin, following

NURSE = "Ningsih Rahayu"
"""Sees herself as good at talking with the public; her superior and her colleagues do not."""
OTHERS_WEAK = ("Wahyu Nugroho", "Sri Wulandari", "Fitri Handayani", "Reza Mahardika")
"""Weak in the same skill, in the same unit."""
PHARMACIST = "Lestari Puspita"
"""Of that unit, and good at it."""
CAPABLE = ("Maya Anggraini", "Agus Prabowo")
"""Of that unit, and neither weak nor strong: where hardly anybody is not weak, a count would tell of persons."""
ARCHIVIST = "Taufik Hidayatullah"
"""Weak in information technology; too few of his colleagues answer."""
HEALTH = (NURSE, *OTHERS_WEAK, PHARMACIST, *CAPABLE)
EVERYBODY = (*HEALTH, ARCHIVIST)
HEAD_OF_CENTRE, HEAD_OF_ARCHIVES = "Yuliana Hartono", "Hendra Gunarto"
OFFICER = "Ratna Kusumawati"

CAREER = {
    "horizon": "three_years",
    "post": "Perawat Mahir",
    "move": "same_agency",
    "wish": "Magang di bagian penyuluhan kesehatan",
}
DEVELOPMENT = (
    forms.step("public_communication", "Pelatihan komunikasi, lalu penyuluhan bersama bidan", "2027-06-30"),
    forms.step("health_records", "Pendampingan pencatatan oleh perekam medis", "2027-09-30"),
)
RATINGS = {
    NURSE: forms.rating(forms.HEALTH, public_communication="developing", patient_care="proficient"),
    PHARMACIST: forms.rating(forms.HEALTH, public_communication="proficient"),
    ARCHIVIST: forms.rating(forms.ARCHIVE, information_technology="basic"),
    **dict.fromkeys(OTHERS_WEAK, forms.rating(forms.HEALTH, public_communication="developing")),
    **dict.fromkeys(CAPABLE, forms.rating(forms.HEALTH)),
}
WEAKNESSES: dict[str, list[str]] = {
    NURSE: ["public_communication", "health_records"],
    **{each: ["public_communication"] for each in OTHERS_WEAK},
    ARCHIVIST: ["information_technology"],
}
"""As named when the result is handed over; of the others none."""
ANSWERS: dict[str, tuple[forms.Form, ...]] = {
    NURSE: (
        forms.answer(
            forms.HEALTH, "Penjelasan kepada pasien perlu lebih pelan", public_communication="basic"
        ),
        forms.answer(forms.HEALTH, public_communication="developing", teamwork="reference"),
        forms.answer(forms.HEALTH, public_communication="capable"),
    ),
    ARCHIVIST: (forms.answer(forms.ARCHIVE),) * 2,
}
"""What colleagues answer: three of the nurse, and too few of the archivist."""


def rater_of(employee: str) -> str:
    """The direct superior."""
    return HEAD_OF_ARCHIVES if employee == ARCHIVIST else HEAD_OF_CENTRE


def skills_of(employee: str) -> tuple[str, ...]:
    """What is asked of somebody."""
    return forms.ARCHIVE if employee == ARCHIVIST else forms.HEALTH


async def drive(service: Service) -> DrivenYear:
    """The whole year, and the beginning of the next one for the nurse."""
    driven = DrivenYear(await begin(service, TANGSEL_KOMPETENSI, EVERYBODY))
    await _plan(driven)
    await _check_in(driven)
    await _ask_colleagues(driven)
    await _look_back(driven)
    await _close(driven)
    await _rate(driven)
    await _hand_over(driven)
    await _year_after(driven)
    return driven


async def _plan(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen

    async def plan(employee: str) -> None:
        library = await year.of(employee, "library")
        seen[f"library of {employee}"] = library
        taken = next(each for each in library["items"] if each["aspect"] == "quantity")
        await year.act(employee, employee, "submit_plan", forms.plan(taken))
        await year.act(rater_of(employee), employee, "approve_plan")

    await year.on("2026-01-12")
    await asyncio.gather(*map(plan, EVERYBODY))


async def _check_in(driven: DrivenYear) -> None:
    year = driven.year

    async def check(employee: str) -> None:
        await year.act(employee, employee, "submit_check_in", forms.REPORT)
        await year.act(rater_of(employee), employee, "review_check_in", forms.REVIEW)

    for day in ("2026-06-03", "2026-11-03"):
        await year.on(day)
        await asyncio.gather(*map(check, EVERYBODY))


async def _ask_colleagues(driven: DrivenYear) -> None:
    """Surveys are prepared for all, open on the day of the scheme, and are answered by the first who are asked."""
    year, seen = driven.year, driven.seen
    path = f"/cycles/{year.cycle}/surveys"
    await year.on("2026-12-01")
    seen["prepared"] = (await year.post(OFFICER, path, {})).json()
    await year.on("2026-12-15")
    await _attend(driven)
    lines = (await year.seen(OFFICER, path, limit=100))["items"]
    surveys = {line["name"]: line for line in lines}
    seen["surveys"] = surveys
    names = {str(person): name for name, person in year.people.items()}
    for about, answers in ANSWERS.items():
        survey = f"/surveys/{surveys[about]['id']}"
        invited = [names[each["person"]] for each in (await year.seen(OFFICER, survey))["invitations"]]
        seen[f"invited for {about}"] = invited
        seen[f"asked about {about}"] = (await year.seen(invited[0], survey))["questions"]
        for who, given in zip(invited, answers, strict=False):
            taken = await year.post(who, f"{survey}/answer", given)
            assert taken.status_code in (200, 201), taken.text
        if about == NURSE:
            seen["answered twice"] = await year.post(invited[0], f"{survey}/answer", answers[0])
    seen["survey while it is open"] = await _of_surveys(driven, NURSE, OFFICER)


async def _close(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2026-12-29")
    await _attend(driven)
    seen["survey before the result"] = await year.status(NURSE, "surveys", NURSE)


async def _of_surveys(driven: DrivenYear, employee: str, who: str) -> Any:
    """What the surveys on somebody came to."""
    return (await driven.year.of(employee, "surveys", who))["items"]


async def _attend(driven: DrivenYear) -> None:
    """Does what is due of the surveys, as the engine asks for it."""
    year = driven.year
    attending = Attending(year.service.database, kinds_with(Seals(SECRET)))
    query = text("SELECT id FROM attended WHERE cycle_id = :cycle")
    async with year.service.database.connect() as connection:
        attended = list(await connection.scalars(query, {"cycle": year.cycle}))
    for each in attended:
        await attending.attend({"attended": str(each)})


async def _look_back(driven: DrivenYear) -> None:
    """Nobody can be rated before he has assessed himself, and he assesses every skill that is asked of him."""
    year, seen = driven.year, driven.seen
    await year.on("2026-12-16")
    seen["self-assessment form"] = await year.of(NURSE, "forms/self_assessment")
    seen["form of the archivist"] = await year.of(ARCHIVIST, "forms/self_assessment")
    seen["rated before"] = await year.refused(HEAD_OF_CENTRE, NURSE, "rate", RATINGS[NURSE])
    own = forms.self_assessment(forms.HEALTH, CAREER, public_communication="proficient", teamwork="reference")
    lacking = own | {"skills": {each: own["skills"][each] for each in forms.HEALTH[1:]}}
    seen["a skill left out"] = await year.refused(NURSE, NURSE, "submit_self_assessment", lacking)
    unwished = own | {"career": {"horizon": "three_years", "move": "same_agency"}}
    seen["no post wished for"] = await year.refused(NURSE, NURSE, "submit_self_assessment", unwished)
    foreign = own | {"skills": own["skills"] | {"records_management": own["skills"]["teamwork"]}}
    seen["a skill of another job"] = await year.refused(NURSE, NURSE, "submit_self_assessment", foreign)
    await year.act(NURSE, NURSE, "submit_self_assessment", own)

    async def assess(employee: str) -> None:
        form = forms.self_assessment(skills_of(employee), forms.STAYS)
        await year.act(employee, employee, "submit_self_assessment", form)

    await asyncio.gather(*map(assess, EVERYBODY[1:]))


async def _rate(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2027-01-11")
    rate = (HEAD_OF_CENTRE, NURSE, "rate")
    form = RATINGS[NURSE]
    seen["rating form"] = await year.of(NURSE, "forms/rating", HEAD_OF_CENTRE)
    seen["no period"] = await year.refused(*rate, {name: form[name] for name in form if name != "period"})
    backwards = form | {"period": {"from_day": "2026-12-31", "until_day": "2026-02-02"}}
    seen["a period that ends before it begins"] = await year.refused(*rate, backwards)
    silent = form["skills"] | {"public_communication": {"level": "developing"}}
    seen["a weakness without reason"] = await year.refused(*rate, form | {"skills": silent})

    async def rate_one(employee: str) -> None:
        await year.act(rater_of(employee), employee, "rate", RATINGS[employee])

    await asyncio.gather(*map(rate_one, EVERYBODY))
    seen["rating before"] = await year.status(NURSE, "rating", NURSE)
    seen["skills before"] = await year.of(NURSE, "skills")
    seen["trainings before"] = await year.of(NURSE, "trainings")


async def _hand_over(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2027-01-20")

    async def hand_over(employee: str) -> None:
        steps = DEVELOPMENT if employee == NURSE else ()
        strong = ["patient_care"] if employee == NURSE else ["teamwork"]
        talk = forms.meeting(strong, WEAKNESSES.get(employee, []), steps)
        await year.act(rater_of(employee), employee, "deliver_result", talk)

    foreign = forms.meeting(["teamwork"], ["records_management"], ())
    seen["a weakness of another job"] = await year.refused(HEAD_OF_CENTRE, NURSE, "deliver_result", foreign)
    await asyncio.gather(*map(hand_over, EVERYBODY))
    choice = {"training": "speaking_with_patients", "weakness": "public_communication"}
    seen["chosen"] = await year.post(NURSE, f"/appraisals/{year.cases[NURSE]}/trainings", choice)

    async def end(employee: str) -> None:
        await year.act(employee, employee, "acknowledge_receipt")
        await year.act(employee, employee, "agree")
        await year.act(rater_of(employee), employee, "finalise")

    await asyncio.gather(*map(end, EVERYBODY))
    await year.rest_settled()
    await _look_at_the_unit(driven)


async def _look_at_the_unit(driven: DrivenYear) -> None:
    """The picture of the health centre, for those who may see it and for one who may not."""
    year, seen = driven.year, driven.seen
    unit = await year.service.value("SELECT unit_id FROM person WHERE id = :id", id=year.people[NURSE])
    for who in (OFFICER, HEAD_OF_CENTRE):
        seen[f"picture for {who}"] = await year.seen(who, f"/units/{unit}/picture", cycle=str(year.cycle))
    refused = await year.get(NURSE, f"/units/{unit}/picture", cycle=str(year.cycle))
    seen["picture for the nurse"] = refused.status_code


async def _year_after(driven: DrivenYear) -> None:
    after = await following(driven.year, TANGSEL_KOMPETENSI, "2027-07-05", [NURSE])
    driven.seen["agreed a year later"] = await after.of(NURSE, "agreed")
    driven.seen["file a year later"] = await after.of(NURSE, "file")
