"""What is appraised: a full plan handed in beside plain words, a draft saved, and the whole file of a case read."""

import datetime as dt
import itertools
import json
import uuid
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import aiohttp
from sqlalchemy import text

from content.forms.context import FormContext
from content.forms.example import example
from schemes.loading import builtin_system
from service.accounts.tokens import TokenSigner
from states.triggers import Trigger
from tests.bench.action import MOMENT
from tests.bench.cases import TEXT, Case, Cases, cases_at
from tests.bench.figures import Figure
from tests.bench.house import SECRET, House, house
from tests.bench.load import Run, drive, median_milliseconds

RESULTS, INDICATORS = 12, 30
ENTRIES, PIECES_OF_EVIDENCE = 40, 20
CASES = 200

_keys = itertools.count()
_PLACE = 987_654_321
"""Stands for the number of a plan."""

_NOTED = text("""
    INSERT INTO entry (id, appraisal_id, kind, author_id, capacity, key, fingerprint, item, noted_on, confidential,
        content, recorded_at)
    SELECT gen_random_uuid(), :appraisal, 'observation', :rater, 'rater', 'note-' || number, '', '', :day, false,
        jsonb_build_object('observation', repeat('Pelayanan di loket berjalan tertib. ', 8)), now()
    FROM generate_series(1, :count) AS number
""")
_PROVED = text("""
    INSERT INTO evidence (id, appraisal_id, author_id, key, fingerprint, item, title, file_name, address, reached,
        added_at)
    SELECT gen_random_uuid(), :appraisal, :employee, 'proof-' || number, '', '', 'Bukti ' || number, '',
        'https://bukti.contoh.example/' || number, 'not_tried', now()
    FROM generate_series(1, :count) AS number
""")


def full_plan(number: int) -> dict[str, Any]:
    """A plan of the national scheme with twelve results and thirty indicators; no two are the same."""
    return _around() | {"results": [_result(each, number) for each in range(1, RESULTS + 1)]}


def plan_body(number: int) -> bytes:
    """A request with such a plan. Making it is not what is measured, so it is made once and numbered."""
    return _numbered().replace(str(_PLACE), str(number)).encode()


@lru_cache(maxsize=1)
def _numbered() -> str:
    return json.dumps({"content": full_plan(_PLACE)})


@lru_cache(maxsize=1)
def _around() -> dict[str, Any]:
    """What stands in a plan beside its results."""
    rules = builtin_system("nasional").content
    found = None if rules is None else rules.form_for(Trigger.SUBMIT_PLAN)
    if rules is None or found is None:
        raise ValueError("the national scheme has no form of a plan")
    return dict(example(found[1], rules, FormContext(superior_results=frozenset())))


def _result(place: int, number: int) -> dict[str, Any]:
    count = INDICATORS // RESULTS + (place <= INDICATORS % RESULTS)
    return {
        "id": f"h{place}",
        "result": f"Terlaksananya pelayanan perizinan tahap {place} dengan tertib dan tepat waktu ({number})",
        "kind": "main",
        "approach": "quantitative",
        "indicators": [
            {
                "id": f"h{place}-i{each}",
                "aspect": "quantity" if each == 1 else "quality",
                "indicator": f"Jumlah berkas perizinan tahap {place} yang selesai, hitungan {each}",
                "target": {"number": 12 * each, "unit": "dokumen"},
            }
            for each in range(1, count + 1)
        ],
    }


@dataclass
class Forms:
    """Cases under a scheme with forms, each acted on by one at a time."""

    cases: Cases
    written: bool = True
    """Plans are forms; otherwise words."""
    in_review: deque[Case] = field(default_factory=deque)
    drafts: deque[tuple[Case, int]] = field(default_factory=deque)
    """Each with the version that was saved last."""
    _signer: TokenSigner = field(default_factory=lambda: TokenSigner(SECRET))

    async def ask(self, method: str, person: uuid.UUID, path: str, body: Any = None) -> dict[str, Any]:
        """The answer to a request, which must be granted."""
        cases = self.cases
        token = self._signer.issue(person, cases.agency.agency, dt.timedelta(days=1))
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
        if isinstance(body, bytes):
            sent: dict[str, Any] = {"data": body}
            headers["Content-Type"] = "application/json"
        else:
            sent = {"json": body}
        async with cases.http.request(method, f"{cases.house.api}{path}", headers=headers, **sent) as answer:
            found: dict[str, Any] = await answer.json()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status}: {found}")
            return found

    async def act(self, case: Case, trigger: str, person: uuid.UUID, body: Any) -> None:
        """One action."""
        await self.ask("POST", person, f"/appraisals/{case.appraisal}/actions/{trigger}", body)

    async def submit(self) -> None:
        """An employee hands in a plan: a full one, or words."""
        case, number = self.cases.idle.popleft(), next(_keys)
        body = plan_body(number) if self.written else {"text": f"{TEXT}{number}"}
        await self.act(case, "submit_plan", case.employee, body)
        self.in_review.append(case)

    async def take_back(self) -> None:
        """The rater returns it, so that it can be handed in again."""
        case = self.in_review.popleft()
        await self.act(case, "return_plan", self.cases.agency.rater, {"text": "Mohon dilengkapi"})
        self.cases.idle.append(case)

    async def save(self) -> None:
        """An employee saves a draft of a full plan."""
        case, version = self.drafts.popleft()
        body = {"content": full_plan(next(_keys)), "version": version}
        saved = await self.ask("PUT", case.employee, f"/appraisals/{case.appraisal}/drafts/plan", body)
        self.drafts.append((case, int(saved["version"])))

    async def read(self) -> None:
        """An employee reads the whole file of his case."""
        case = self.in_review.popleft()
        await self.ask("GET", case.employee, f"/appraisals/{case.appraisal}/file")
        self.in_review.append(case)


async def measure(quick: bool) -> list[Figure]:
    """Latencies one at a time, words and full plans in turns."""
    pieces, repeats = (60, 2) if quick else (CASES, 3)
    async with house() as home, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await home.open_worker()
        await home.open_api()
        system = builtin_system("nasional")
        words = Forms(await cases_at(home, CASES, MOMENT, http), written=False)
        forms = Forms(await cases_at(home, CASES, MOMENT, http, book=system.book, content=system.content))
        plain, full = await _handed_in(home, words, forms, pieces, repeats)
        forms.drafts.extend((case, 0) for case in forms.cases.idle)
        await drive(forms.save, pieces=CASES, at_once=8)
        saved = await drive(forms.save, pieces=pieces * 2, at_once=1)
        await _filled(home, forms)
        await drive(forms.read, pieces=20, at_once=2)
        read = await drive(forms.read, pieces=pieces * 2, at_once=1)
    return [
        Figure(
            "content",
            f"a plan of {RESULTS} results and {INDICATORS} indicators handed in, beside words: p{percent}",
            "ms",
            median_milliseconds(full, percent),
            median_milliseconds(plain, percent),
            aim,
        )
        for percent, aim in ((50, "≤ 1.3 × floor"), (95, ""))
    ] + [
        Figure("content", "a draft of it saved: p95", "ms", saved.milliseconds(95), aim="≤ 15"),
        Figure(
            "content",
            f"a whole file with {ENTRIES} entries and {PIECES_OF_EVIDENCE} pieces of evidence read: p95",
            "ms",
            read.milliseconds(95),
            aim="≤ 30",
        ),
    ]


async def _handed_in(
    home: House, words: Forms, forms: Forms, pieces: int, repeats: int
) -> tuple[list[Run], list[Run]]:
    plain, full = list[Run](), list[Run]()
    for cases in (words, forms):
        # Every connection has prepared what it needs.
        await drive(cases.submit, pieces=CASES, at_once=16)
        await drive(cases.take_back, pieces=CASES, at_once=16)
    for _ in range(repeats):
        for cases, runs in ((words, plain), (forms, full)):
            await home.settle()
            runs.append(await drive(cases.submit, pieces=pieces, at_once=1))
            await drive(cases.take_back, pieces=pieces, at_once=8)
    return plain, full


async def _filled(home: House, forms: Forms) -> None:
    """Plans in force, with notes and evidence."""
    await drive(forms.submit, pieces=CASES, at_once=8)
    agency = forms.cases.agency
    for case in forms.in_review:
        await forms.act(case, "approve_plan", agency.rater, {})
    async with home.database.begin() as transaction:
        for case in forms.in_review:
            appraisal = uuid.UUID(case.appraisal)
            await transaction.execute(
                _NOTED,
                {"appraisal": appraisal, "rater": agency.rater, "day": MOMENT.date(), "count": ENTRIES},
            )
            await transaction.execute(
                _PROVED, {"appraisal": appraisal, "employee": case.employee, "count": PIECES_OF_EVIDENCE}
            )
