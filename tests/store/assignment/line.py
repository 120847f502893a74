"""A line of superiors with people beside it, and who decides, signs and is told in it."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.assignment.asking import Answer, Responsible, answer
from tests.store.assignment.organisation import Appraised, Letter, Organisation, Relation

LINE = Organisation(
    ("employee", "rater", "superior", "director", "head", "colleague", "officer", "secretary", "delegate"),
    hr=("officer",),
    relations=(
        Relation(employee="employee", holder="rater"),
        Relation(employee="rater", holder="superior"),
        Relation(employee="superior", holder="director"),
        Relation(employee="director", holder="head"),
        Relation(employee="colleague", holder="superior"),
    ),
    cases=(Appraised("case", "employee"),),
)
"""Employee, rater, superior, director, head; secretary and delegate stand beside the line."""
ALL_SIGNED = ("rater", "superior", "director", "head")
NOBODY = Answer(None, frozenset())
HR = Answer(None, frozenset({"officer"}))


def by(holder: str, basis: str = "definitive", on_behalf_of: str | None = None) -> Answer:
    return Answer(Responsible(holder, basis, on_behalf_of), frozenset({holder}))


def objected(*touched: str, employee: str = "employee") -> Appraised:
    return Appraised("case", employee, "appeals_officer", touched)


def countersigned(*touched: str, employee: str = "employee") -> Appraised:
    return Appraised("case", employee, "rater_superior", touched)


def letter(official: str, substitute: str, kind: str) -> Letter:
    return Letter(0, 4, official, substitute, kind)


def named(*people: str) -> Organisation:
    return replace(LINE, top_deciders=people)


def under(scheme: str) -> Organisation:
    return replace(LINE, scheme=scheme)


async def decides(database: AsyncEngine, organisation: Organisation) -> Answer:
    return await answer(database, organisation, "appeals_officer")


async def signs(database: AsyncEngine, organisation: Organisation) -> Answer:
    return await answer(database, organisation, "rater_superior")
