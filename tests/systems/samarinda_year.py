"""Drives the year of a division of Samarinda from its launch until every case is final, and keeps what was seen."""

from activities.commanding import Commands
from service.demo.systems import SAMARINDA
from service.temporal.noting_plans import PlanNoting
from tests.service.api.conftest import Service
from tests.systems import samarinda as forms
from tests.systems import surveyed
from tests.systems.driven import DrivenYear
from tests.systems.year import Year, begin
from tests.workflows.running import Silence

HEAD_OF_OFFICE = "Syahrul Ramadhan"
RATER = "Noviana Gusti"
LEADER = "Yohanes Bulan"
"""Led a project, and is rated above expectations."""
RELATIVE = "Rahmawati Hamid"
"""Her rater has a conflict of interest."""
IN_TIME = "Kristina Lawai"
"""Hands in the plan in the last minute of its due day."""
LATE = "Bayu Setiabudi"
"""Hands it in in the first minute after that day."""
OTHERS = (IN_TIME, LATE)
DIVISION = (LEADER, RELATIVE, *OTHERS)
EVERYBODY = (RATER, *DIVISION)
OFFICER = "Fitriani Arsyad"

KEEP = "Pertahankan cara membagi tugas kepada regu"
QUARTERS = ("2026-04", "2026-07", "2026-10")


def rater_of(employee: str) -> str:
    """Who rates somebody until a conflict of interest is declared."""
    return HEAD_OF_OFFICE if employee == RATER else RATER


async def drive(service: Service) -> DrivenYear:
    """The whole year."""
    driven = DrivenYear(await begin(service, SAMARINDA, EVERYBODY))
    await _plan(driven)
    await _pass_quarters(driven)
    await _look_back(driven)
    await _rate_leader(driven)
    await _declare(driven)
    await _rate_others(driven)
    driven.seen["rater once declared"] = await driven.year.status(RELATIVE, "file", RATER)
    await _arrange(driven)
    await _hand_over(driven)
    await _follow(driven)
    return driven


def plan_of(employee: str) -> forms.Form:
    """The plan of somebody; that of the leader is written before the one above him is set."""
    if employee == RATER:
        return forms.plan("n1", "Genangan di pusat kota berkurang")
    supports = "waiting" if employee == LEADER else "n1"
    return forms.plan("h1", f"Drainase terpelihara oleh {employee}", supports=supports)


def own(employee: str) -> str:
    """The id of the result in somebody's plan."""
    return "n1" if employee == RATER else "h1"


async def _plan(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2026-01-12")
    broken = plan_of(LEADER)
    quantity, *_ = broken["results"][0]["indicators"]
    broken["results"][0]["indicators"] = [quantity, quantity | {"id": "x"}, quantity | {"id": "y"}]
    seen["without time and quality"] = await year.refused(LEADER, LEADER, "submit_plan", broken)
    await year.act(LEADER, LEADER, "submit_plan", plan_of(LEADER))
    seen["due before"] = (await year.of(LATE, ""))["due_on"]
    await year.on("2026-01-19")
    await year.act(RATER, RATER, "submit_plan", plan_of(RATER))
    await year.act(HEAD_OF_OFFICE, RATER, "approve_plan")
    noting = PlanNoting(year.service.database, Commands(year.service.database, Silence()))
    await noting.note_waiting()
    seen["due after"] = (await year.of(LATE, ""))["due_on"]
    await year.on("2026-01-26", 23, 59)
    for employee in (RELATIVE, IN_TIME):
        await year.act(employee, employee, "submit_plan", plan_of(employee))
    await year.on("2026-01-27", 0, 1)
    await year.act(LATE, LATE, "submit_plan", plan_of(LATE))
    for employee in DIVISION:
        await year.act(RATER, employee, "approve_plan")
    seen["plans below"] = (await year.of(RATER, "plan"))["below"]


async def _pass_quarters(driven: DrivenYear) -> None:
    year, seen = driven.year, driven.seen
    await year.on("2026-03-30")
    seen["opens"] = [(await year.of(LEADER, ""))["opens_on"]]
    for number, quarter in enumerate(QUARTERS, 1):
        await year.on(f"{quarter}-02")
        for employee in EVERYBODY:
            rater = rater_of(employee)
            await year.act(employee, employee, "submit_check_in", forms.report(own(employee), 6 * number))
            await year.act(rater, employee, "review_check_in", forms.review(own(employee)))
            await _observe(year, rater, employee, f"{quarter}-01")
        seen["opens"].append((await year.of(LEADER, ""))["opens_on"])
    await year.on("2026-11-30")
    for employee in EVERYBODY:
        if employee != LEADER:
            await _observe(year, rater_of(employee), employee, "2026-11-27")
    await year.note(LEADER, LEADER, "project", forms.PROJECT)
    await _ask_peers(driven)
    for employee in (LEADER, RELATIVE):
        driven.evidence[employee] = await year.hand_in(employee, "Berita acara serah terima", item="h1")


async def _ask_peers(driven: DrivenYear) -> None:
    """Three peers answer about the leader, two about the one who handed in on time, nobody about the others."""
    year, seen = driven.year, driven.seen
    await surveyed.prepare(year)
    await year.on("2026-12-01")
    await surveyed.attend(year)
    said = {"keep_or_change": KEEP}
    await surveyed.answer(year, LEADER, [name for name in DIVISION if name != LEADER], "mostly", said)
    await surveyed.answer(year, IN_TIME, [LEADER, LATE], "always")
    seen["peers while it is open"] = await surveyed.result(year, LEADER, OFFICER)
    await year.on("2026-12-15")
    await surveyed.attend(year)
    seen["peers before delivery"] = await year.get(LEADER, f"/appraisals/{year.cases[LEADER]}/surveys")


async def _observe(year: Year, rater: str, employee: str, day: str) -> None:
    content = {"seen_on": day, "note": "Memeriksa saluran di lapangan bersama regu"}
    await year.note(rater, employee, "observation", content, item=own(employee), on=day)


async def _look_back(driven: DrivenYear) -> None:
    year = driven.year
    await year.on("2026-12-16")
    for employee in EVERYBODY:
        form = forms.self_assessment(own(employee))
        await year.act(employee, employee, "submit_self_assessment", form)


async def _rate_leader(driven: DrivenYear) -> None:
    """Three refusals, each for its own reason, and the rating that is accepted."""
    year, seen, evidence = driven.year, driven.seen, driven.evidence[LEADER]
    await year.on("2027-01-11")
    seen["at hand"] = await year.of(LEADER, "forms/rating", RATER)
    good = forms.leading(
        forms.rating("h1", results="above", behaviour="above", evidence=evidence), step="above"
    )
    seen["too few"] = await year.refused(RATER, LEADER, "rate", good)
    await _observe(year, RATER, LEADER, "2026-12-14")
    unsaid = good | {"declaration": {"no_conflict": False}}
    seen["conflict not excluded"] = await year.refused(RATER, LEADER, "rate", unsaid)
    bare = good | {
        "results": {"h1": {"rating": "above", "grounds": "Bagus sekali"}},
        "overall": {
            name: value
            for name, value in good["overall"].items()
            if name not in ("results_evidence", "behaviour_grounds")
        },
    }
    seen["bare extreme"] = await year.refused(RATER, LEADER, "rate", bare)
    await year.act(RATER, LEADER, "rate", good)


async def _declare(driven: DrivenYear) -> None:
    year = driven.year
    driven.seen["rater before"] = (await year.of(RELATIVE, "", RATER))["my_capacities"]
    await year.act(RATER, RELATIVE, "declare_conflict", text="Pegawai ini adik ipar saya")
    driven.seen["rate once declared"] = await year.tried(RATER, RELATIVE, "rate", forms.rating("h1"))
    driven.seen["notes for the superior"] = await year.of(RELATIVE, "entries", HEAD_OF_OFFICE)


async def _rate_others(driven: DrivenYear) -> None:
    year = driven.year
    low = forms.rating("h1", results="below", evidence=driven.evidence[RELATIVE])
    await year.act(HEAD_OF_OFFICE, RELATIVE, "rate", low)
    for employee in OTHERS:
        await year.act(RATER, employee, "rate", forms.rating("h1"))
    await year.act(HEAD_OF_OFFICE, RATER, "rate", forms.rating("n1"))


async def _arrange(driven: DrivenYear) -> None:
    """An appointment to hand the result over, at nine o'clock in Samarinda."""
    year = driven.year
    path = f"/appraisals/{year.cases[LEADER]}/meeting"
    body = {
        "starts_at": "2027-01-20T01:00:00+00:00",
        "ends_at": "2027-01-20T02:00:00+00:00",
        "place": "Ruang rapat",
    }
    answer = await year.put(RATER, path, body)
    assert answer.status_code == 200, answer.text
    driven.seen["appointment"] = await year.seen(LEADER, path)


async def _hand_over(driven: DrivenYear) -> None:
    year = driven.year
    await year.on("2027-01-20")
    for employee in EVERYBODY:
        rater = HEAD_OF_OFFICE if employee in (RATER, RELATIVE) else RATER
        await year.act(rater, employee, "deliver_result", forms.meeting())
        await year.act(employee, employee, "acknowledge_receipt")
        await year.act(employee, employee, "agree")
        await year.act(rater, employee, "finalise")
    await year.rest_settled()


async def _follow(driven: DrivenYear) -> None:
    """The year before was Baik for everybody on record, until that of the leader is corrected to Sangat Baik."""
    year, seen = driven.year, driven.seen
    first = [{"person": str(year.people[name]), "year": 2025, "predicate": 2} for name in (LEADER, IN_TIME)]
    seen["nothing known before"] = await year.of(LEADER, "follow-up")
    handed_in = await year.post(OFFICER, "/earlier-results", {"items": first})
    assert handed_in.status_code == 201, handed_in.text
    seen["good before"] = await year.of(LEADER, "follow-up")
    corrected = await year.post(OFFICER, "/earlier-results", {"items": [first[0] | {"predicate": 1}]})
    seen["corrected"] = corrected.json()
