"""A year of four levels of one agency under the national scheme, driven once; the tests read what was seen."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from service.demo.systems import NASIONAL
from tests.service.api.conftest import Service
from tests.systems import nasional_forms as forms
from tests.systems.year import Year, begin, following

HEAD, SECRETARY, SECTION = "Togar Handayani", "Nur Tampubolon", "Teguh Nasution"
"""The line above: head of the office, its secretary, and the head of the subdivision, who rates."""
ARCHIVIST, AGREEING = "Cahyo Kusumawati", "Budi Pratama"
COLLEAGUES = (
    AGREEING,
    "Dedi Mulyadi",
    "Prasetyo Nugroho",
    "Agus Permana",
    "Bunga Saputra",
    "Eka Tarigan",
    "Sari Zulkarnain",
    "Darmawan Batubara",
    "Iwan Firmansyah",
)
"""With the archivist they are ten people of one unit, so that the spread of their ratings says something."""
HR, OTHER_HR = "Luthfi Irawan", "Nining Nasution"


@dataclass
class Driven:
    """The year, and what was seen on its way."""

    year: Year
    unit: uuid.UUID
    seen: dict[str, Any] = field(default_factory=dict)
    evidence: str = ""


async def driven(service: Service) -> Driven:
    """The whole year, from the launch to the finalised results."""
    year = await begin(service, NASIONAL, [HEAD, SECRETARY, SECTION, ARCHIVIST, *COLLEAGUES])
    async with service.database.connect() as connection:
        unit = await connection.scalar(
            text("SELECT unit_id FROM person WHERE id = :id"), {"id": year.people[ARCHIVIST]}
        )
    drive = Driven(year, unit)
    for part in (_planning, _first_half, _second_half, _evaluation, _rating, _delivery, _objection):
        await part(drive)
    await _spread(drive)
    after = await following(year, NASIONAL, "2027-02-01", [ARCHIVIST])
    drive.seen["agreed a year later"] = await after.of(ARCHIVIST, "agreed")
    return drive


async def _planning(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    seen["form while waiting"] = await year.of(ARCHIVIST, "forms/plan")
    path = f"/appraisals/{year.cases[ARCHIVIST]}/drafts/plan"
    saved = await year.put(
        ARCHIVIST, path, {"content": forms.archivist_plan("waiting", forms.WITHOUT_LETTER), "version": 0}
    )
    seen["missing in the draft"] = saved.json()["missing"]
    seen["waiting for the section"] = (await year.of(SECTION, "plan"))["below"]
    without_budget = {**forms.HEAD_RESULT, "indicators": forms.HEAD_RESULT["indicators"][:1]}
    seen["no budget"] = await year.refused(HEAD, HEAD, "submit_plan", forms.plan(without_budget))
    for who, above, result in (
        (HEAD, "Farida Setiawan", forms.HEAD_RESULT),
        (SECRETARY, HEAD, forms.SECRETARY_RESULT),
        (SECTION, SECRETARY, forms.SECTION_RESULT),
    ):
        await year.act(who, who, "submit_plan", forms.plan(result))
        await year.act(above, who, "approve_plan")
    seen["form when ready"] = await year.of(ARCHIVIST, "forms/plan")
    submit = (ARCHIVIST, ARCHIVIST, "submit_plan")
    seen["no letter"] = await year.refused(*submit, forms.archivist_plan("b1", forms.WITHOUT_LETTER))
    seen["unknown result above"] = await year.refused(*submit, forms.archivist_plan("s1"))
    await year.act(*submit, forms.archivist_plan())
    await year.act(SECTION, ARCHIVIST, "approve_plan")
    seen["plan"] = await year.of(ARCHIVIST, "plan")
    seen["plan of the section"] = await year.of(SECTION, "plan")
    await _everybody(year, "submit_plan", forms.plan(forms.COLLEAGUE_RESULT))
    await _everybody(year, "approve_plan", by=SECTION)


async def _first_half(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    await year.on("2026-03-10")
    drive.evidence = await year.hand_in(ARCHIVIST, "Daftar arsip tertata", item="h1a")
    done = {"realised": 400, "note": "Rak ketiga selesai ditata", "evidence": [drive.evidence]}
    await year.note(ARCHIVIST, ARCHIVIST, "progress", done, item="h1a")
    observed = {"seen_on": "2026-03-09", "note": "Menemukan arsip tahun 2019 dalam sepuluh menit"}
    await year.note(SECTION, ARCHIVIST, "observation", observed, item="h1", on="2026-03-09")
    await year.note(SECRETARY, ARCHIVIST, "feedback", {"note": "Penataan arsip membantu pemeriksaan"})
    await year.note(
        SECTION, ARCHIVIST, "coaching", {"topic": "Digitalisasi", "agreed": "Mencoba pemindai baru"}
    )
    await year.note(
        SECTION, ARCHIVIST, "counselling", {"held_on": "2026-03-10", "note": "Datang terlambat tiga kali"}
    )
    await year.on("2026-06-02")
    incomplete = forms.check_in(drive.evidence, late=True)
    del incomplete["indicators"]["h1a"]["cause"]
    seen["late without a cause"] = await year.refused(ARCHIVIST, ARCHIVIST, "submit_check_in", incomplete)
    await _check_in(drive, late=True)


async def _second_half(drive: Driven) -> None:
    await drive.year.on("2026-11-03")
    await _check_in(drive, late=False)


async def _check_in(drive: Driven, *, late: bool) -> None:
    year = drive.year
    await year.act(ARCHIVIST, ARCHIVIST, "submit_check_in", forms.check_in(drive.evidence, late=late))
    await year.act(SECTION, ARCHIVIST, "review_check_in", forms.REVIEW)
    await _everybody(year, "submit_check_in", forms.colleague_check_in())
    await _everybody(year, "review_check_in", forms.COLLEAGUE_REVIEW, by=SECTION)


async def _evaluation(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    await year.on("2026-12-16")
    seen["self-assessment form"] = await year.of(ARCHIVIST, "forms/self_assessment")
    await year.act(ARCHIVIST, ARCHIVIST, "submit_self_assessment", forms.self_assessment(drive.evidence))
    await _everybody(year, "submit_self_assessment", forms.COLLEAGUE_ASSESSMENT)


async def _rating(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    await year.on("2027-01-12")
    seen["rating form"] = await year.of(ARCHIVIST, "forms/rating", SECTION)
    rate = (SECTION, ARCHIVIST, "rate")
    unreasoned = forms.rating("meets", "meets")
    del unreasoned["results"]["h1"]["reason"]
    seen["no reason"] = await year.refused(*rate, unreasoned)
    seen["wrong predicate"] = await year.refused(*rate, forms.rating("meets", "meets"), predicate="very_good")
    await year.act(*rate, forms.rating("meets", "above"), predicate="good")
    for steps, names in ((("above", "above"), COLLEAGUES[:1]), (("meets", "meets"), COLLEAGUES[1:])):
        content = forms.rating(*steps, items=("p1",))
        await asyncio.gather(*(year.act(SECTION, name, "rate", content) for name in names))
    seen["undelivered for the rater"] = await year.of(ARCHIVIST, "rating", SECTION)
    seen["undelivered"] = {
        part: await year.get(ARCHIVIST, f"/appraisals/{year.cases[ARCHIVIST]}/{part}")
        for part in ("rating", "file", "timeline", "periods", "forms/rating", "agreed", "entries")
    }


async def _delivery(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    path = f"/appraisals/{year.cases[ARCHIVIST]}/meeting"
    starts, ends = "2027-01-20T10:00:00+07:00", "2027-01-20T11:00:00+07:00"
    body = {"starts_at": starts, "ends_at": ends, "place": "Ruang rapat subbagian"}
    seen["appointment"] = (await year.put(SECTION, path, body)).json()
    seen["calendar"] = await year.get(ARCHIVIST, f"{path}.ics")
    await year.on("2027-01-20", hour=12)
    await year.act(SECTION, ARCHIVIST, "deliver_result", forms.DELIVERY)
    seen["receipt before"] = (await year.of(ARCHIVIST, ""))["receipt"]
    seen["rating"] = await year.of(ARCHIVIST, "rating")
    seen["rating for HR"] = await year.of(ARCHIVIST, "rating", HR)
    seen["receipt after"] = (await year.of(ARCHIVIST, ""))["receipt"]
    seen["file"] = await year.of(ARCHIVIST, "file")
    await year.act(SECTION, AGREEING, "deliver_result", {**forms.DELIVERY, "actions": []})
    await year.of(AGREEING, "rating")
    await year.act(AGREEING, AGREEING, "agree")
    seen["agreed"] = await year.act(SECTION, AGREEING, "finalise")


async def _objection(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    await year.on("2027-01-25")
    await year.act(ARCHIVIST, ARCHIVIST, "object", text="Hasil kerja melebihi target dan belum dihitung")
    await year.act(SECRETARY, ARCHIVIST, "admit_objection")
    for who, trigger, said in (
        (SECRETARY, "ask_employee", "Realisasi mana yang belum dihitung?"),
        (SECRETARY, "ask_rater", "Apa dasar penilaian hasil kerja?"),
        (ARCHIVIST, "give_statement", "Enam puluh berkas bulan Desember"),
        (SECTION, "give_statement", "Berkas Desember belum diperiksa"),
    ):
        await year.act(who, ARCHIVIST, trigger, text=said)
    change = (SECRETARY, ARCHIVIST, "change_result")
    unreasoned = forms.rating("above", "above")
    del unreasoned["overall"]["reason"]
    seen["changed without a reason"] = await year.refused(
        *change, text="Berkas Desember dihitung", result={"content": unreasoned}
    )
    changed = {"content": forms.rating("above", "above")}
    await year.act(*change, text="Berkas Desember dihitung", result=changed)
    seen["changed rating"] = await year.of(ARCHIVIST, "rating")
    seen["settled"] = await year.act(SECTION, ARCHIVIST, "finalise")


async def _spread(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    path = f"/cycles/{year.cycle}/units/{drive.unit}"
    level = {"level": "excellent", "reason": "Perjanjian kinerja tercapai 110 persen"}
    assert (await year.put(HR, f"{path}/level", level)).status_code == 200
    seen["spread"] = await year.seen(HR, f"{path}/distribution")
    reason = {"reason": "Capaian unit terutama dari kegiatan lintas bidang"}
    assert (await year.put(HR, f"{path}/distribution/reason", reason)).status_code == 200
    seen["spread with a reason"] = await year.seen(HR, f"{path}/distribution")
    await year.rest_settled()


async def _everybody(
    year: Year, trigger: str, content: forms.Form | None = None, by: str | None = None
) -> None:
    """The same action on the cases of all colleagues."""
    await asyncio.gather(*(year.act(by or name, name, trigger, content) for name in COLLEAGUES))
