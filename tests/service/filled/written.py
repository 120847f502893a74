"""What is filled in by the national scheme, for tests of how it is shown."""

import copy
from typing import Any

from content.forms.form import Form
from content.rules import ContentRules
from schemes.loading import builtin_system
from service.filled.titles import Titles, titles_of
from states.triggers import Trigger
from translations import Locale

_CONTENT = builtin_system("nasional").content
assert _CONTENT is not None
RULES: ContentRules = _CONTENT

PLAN: dict[str, Any] = {
    "results": [
        {
            "id": "h1",
            "result": "Izin terbit tepat waktu",
            "kind": "main",
            "supports": "p1",
            "indicators": [
                {
                    "id": "i1",
                    "aspect": "quantity",
                    "indicator": "Jumlah izin",
                    "target": {"number": 1200, "unit": "dokumen"},
                },
                {
                    "id": "i2",
                    "aspect": "time",
                    "indicator": "Lama pelayanan",
                    "target": {"text": "Lebih cepat daripada tahun lalu"},
                },
            ],
        }
    ],
    "behaviour": {"adaptif": {"expectation": "Belajar memakai aplikasi baru"}},
}


def form_of(trigger: Trigger) -> Form:
    """The form of an action."""
    found = RULES.form_for(trigger)
    assert found is not None
    return found[1]


def titles(plan: dict[str, Any], locale: Locale = Locale.ENGLISH) -> Titles:
    """The titles of a plan and of a superior's result."""
    return titles_of(RULES, locale, plan=plan, above={"p1": "Layanan publik membaik"})


def changed(**rows: Any) -> dict[str, Any]:
    """The plan with other values in its first result."""
    plan = copy.deepcopy(PLAN)
    plan["results"][0] |= rows
    return plan
