"""Drives a year in Gerunggang for a teacher, a nurse and a clerk, until every case is final."""

from service.demo.systems import GERUNGGANG
from tests.service.api.conftest import Service
from tests.systems import gerunggang as forms
from tests.systems.driven import DrivenYear
from tests.systems.year import begin

TEACHER, NURSE, CLERK = "Rudi Kurniawan", "Ismail Hasibuan", "Fahmi Alatas"
EVERYBODY = (TEACHER, NURSE, CLERK)
RATERS = {TEACHER: "Sumiati Bangun", NURSE: "Teguh Santoso", CLERK: "Hadi Purwanto"}
OFFICER = "Meilani Chandra"

TAKEN = {
    TEACHER: ("pupils_average", "pupils_passed", "reports_in_time"),
    NURSE: ("patients_content", "patients_served", "waiting_time"),
    CLERK: ("documents_in_time", "documents_done", "complaints_in_time"),
}
"""What everybody takes over from the library of his job."""
TITLES = {
    TEACHER: "Peserta didik mencapai ketuntasan belajar",
    NURSE: "Pasien dilayani sesuai standar",
    CLERK: "Dokumen warga selesai pada waktunya",
}
RATINGS: dict[str, forms.Form] = {
    TEACHER: forms.rating(results="above", behaviour="above", process="below", effort="below"),
    NURSE: forms.rating(process="above", effort="below"),
    CLERK: forms.rating(
        process="below",
        effort="above",
        service_quality="above",
        complaints="Dua dari tiga pengaduan selesai dalam sehari",
    ),
}
"""Nurse and clerk have the same results and behaviour, and opposite ways of working."""
COMPLAINTS = (
    ("2026-05-04", "2026-05-04", 3, "Antrean kartu keluarga terlalu lama"),
    ("2026-08-10", "2026-08-11", 8, "Berkas pindah datang tidak ditemukan"),
    ("2026-10-05", "2026-10-21", 96, "Surat keterangan salah nama"),
)
"""Received, settled, working hours, and what about."""


async def drive(service: Service) -> DrivenYear:
    """The whole year."""
    driven = DrivenYear(await begin(service, GERUNGGANG, EVERYBODY))
    plans = await _plan(driven)
    await _check_in(driven, plans)
    await _complain(driven)
    await _look_back(driven, plans)
    await _rate(driven)
    await _hand_over(driven)
    return driven


async def _plan(driven: DrivenYear) -> dict[str, forms.Form]:
    """Plans whose indicators come from what the library offers to each."""
    year, plans = driven.year, {}
    await year.on("2026-01-12")
    for employee in EVERYBODY:
        library = await year.of(employee, "library")
        driven.seen[f"library of {employee}"] = library
        offered = {each["name"]: each for each in library["items"]}
        plans[employee] = forms.plan(TITLES[employee], [offered[name] for name in TAKEN[employee]])
        await year.act(employee, employee, "submit_plan", plans[employee])
        await year.act(RATERS[employee], employee, "approve_plan")
    return plans


async def _check_in(driven: DrivenYear, plans: dict[str, forms.Form]) -> None:
    year = driven.year
    for day in ("2026-06-03", "2026-11-03"):
        await year.on(day)
        for employee in EVERYBODY:
            await year.act(employee, employee, "submit_check_in", forms.report(plans[employee]))
            await year.act(RATERS[employee], employee, "review_check_in", forms.review())


async def _complain(driven: DrivenYear) -> None:
    """Three complaints are handled, and one stays open; nobody else writes them for the clerk."""
    year, seen = driven.year, driven.seen
    await year.on("2026-11-20")
    for received, settled, hours, matter in COMPLAINTS:
        content = forms.complaint(received, settled, hours, matter)
        await year.note(CLERK, CLERK, "complaint", content, on=settled)
    await year.note(CLERK, CLERK, "complaint", forms.complaint("2026-11-19", None, None, "Loket tutup awal"))
    path = f"/appraisals/{year.cases[CLERK]}/entries/complaint"
    by_rater = {
        "noted_on": "2026-11-20",
        "content": forms.complaint("2026-11-19", None, None, "Loket tutup awal"),
    }
    seen["complaint by the rater"] = (await year.post(RATERS[CLERK], path, by_rater)).json()


async def _look_back(driven: DrivenYear, plans: dict[str, forms.Form]) -> None:
    year = driven.year
    await year.on("2026-12-16")
    for employee in EVERYBODY:
        form = forms.self_assessment(plans[employee])
        await year.act(employee, employee, "submit_self_assessment", form)


async def _rate(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2027-01-11")
    seen["file while it is rated"] = await year.of(CLERK, "file")
    seen["rating form"] = await year.of(CLERK, "forms/rating", RATERS[CLERK])
    without = {name: value for name, value in RATINGS[CLERK].items() if name not in ("criteria", "way")}
    seen["without criteria"] = await year.refused(RATERS[CLERK], CLERK, "rate", without)
    for employee in EVERYBODY:
        await year.act(RATERS[employee], employee, "rate", RATINGS[employee])
    seen["follow-up of a draft"] = [
        (await year.get(who, f"/appraisals/{year.cases[CLERK]}/follow-up")).json()["code"]
        for who in (CLERK, RATERS[CLERK], OFFICER)
    ]
    seen["rating before"] = await year.status(CLERK, "rating", CLERK)
    seen["trainings before"] = await year.of(CLERK, "trainings")


async def _hand_over(driven: DrivenYear) -> None:
    """The clerk chooses a training; what was not offered or not named, and what others choose, is refused."""
    year, seen = driven.year, driven.seen
    await year.on("2027-01-20")
    for employee in EVERYBODY:
        talk = forms.meeting(["service_attitude"], ["public_communication", "time_management"])
        await year.act(RATERS[employee], employee, "deliver_result", talk)
    path = f"/appraisals/{year.cases[CLERK]}/trainings"
    choice = {"training": "using_time_well", "weakness": "time_management"}
    seen["chosen by the rater"] = await year.post(RATERS[CLERK], path, choice)
    seen["receipt before"] = (await year.of(CLERK, "", RATERS[CLERK]))["receipt"]
    seen["follow-up by the rater"] = await year.of(CLERK, "follow-up", RATERS[CLERK])
    seen["receipt after the rater looked"] = (await year.of(CLERK, "", RATERS[CLERK]))["receipt"]
    seen["follow-up before it is final"] = await year.of(CLERK, "follow-up")
    seen["receipt after"] = (await year.of(CLERK, "", RATERS[CLERK]))["receipt"]
    seen["weakness not named"] = await year.post(CLERK, path, choice | {"weakness": "records"})
    seen["chosen"] = await year.post(CLERK, path, choice)
    for employee in EVERYBODY:
        await year.act(employee, employee, "acknowledge_receipt")
        await year.act(employee, employee, "agree")
        # The rater of the clerk is a personnel officer as well, and says as what he acts.
        await year.act(RATERS[employee], employee, "finalise", capacity="rater")
    await year.rest_settled()
