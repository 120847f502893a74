"""Writes out check-ins that a scheme names by their period (PermenPANRB 6/2022 arts 23-25)."""

from schemes.document import Document

PERIODS: dict[str, range] = {"monthly": range(2, 13), "quarterly": range(4, 11, 3)}
"""The months in which the evaluation of the month or quarter before opens; the yearly one covers the last."""


def write_out(document: Document) -> None:
    """Puts the days of ``check_ins: monthly`` or ``check_ins: quarterly`` into the data, in place of the word."""
    if not isinstance(document.data, dict):
        return
    named = document.data.get("check_ins")
    if isinstance(named, str) and named in PERIODS:
        document.data["check_ins"] = [{"month": month, "day": 1} for month in PERIODS[named]]
        document.data["periodic_evaluation"] = named
