"""Opens the form of a unit and takes its answers, without a sign-in."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.public.answer import TEXT, Mistake, PublicAnswer, check
from service.problems import FieldError, FormClosed, FormExpired, Invalid, NotFound, TooManyAnswers
from service.problems.pointers import json_pointer
from service.public_feedback.asking import Asked, asked_of
from service.public_feedback.limiting import Salts, digest, limit_day, network_of, seconds_left
from service.public_feedback.sealing import LinkTarget, OpenedForm, PublicSeals
from store.database import autocommit
from store.public_feedback.answers import LeftAnswer, leave
from store.public_feedback.places import places_of_link
from translations import mark as _

MISTAKES: Mapping[Mistake, str] = {
    Mistake.MISSING: _("Choose one of the steps."),
    Mistake.UNKNOWN_STEP: _("This must be one of {expected}."),
    Mistake.UNKNOWN_ELEMENT: _("There is no such question."),
    Mistake.NO_TEXT_ASKED: _("No text is asked for here."),
    Mistake.TOO_LONG: _("The text is longer than {most} characters."),
    Mistake.NOT_PRINTABLE: _("The text holds characters that cannot be printed. Write it without them."),
}


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was opened, with the nonce of its one answer."""

    asked: Asked
    nonce: str


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it came: a step for each element, words, and from where. ``device`` as `Forms.device` gave it."""

    answers: Mapping[str, str]
    text: str
    nonce: str
    host: str | None
    device: str | None = None


class Forms:
    """The forms of the public; one for each process. Without seals no link leads anywhere."""

    def __init__(self, database: AsyncEngine, seals: PublicSeals | None) -> None:
        self._database = autocommit(database)
        self._seals = seals
        self._salts = Salts(self._database)

    async def open(self, token: str) -> Form:
        """The form behind a token, with a new nonce. Raises `NotFound` and `FormClosed`."""
        seals, target = self._read(token)
        async with self._database.connect() as connection:
            asked = await _asked(connection, target)
        return Form(asked, seals.form_nonce(target.link, _now()))

    async def leave(self, token: str, sent: Sent) -> bool:
        """Counts an answer; False if it was counted before.

        Raises `NotFound`, `FormClosed`, `FormExpired`, `Invalid` and `TooManyAnswers`; then nothing was counted.
        """
        seals, target = self._read(token)
        now = _now()
        # What is forged is refused before the database is asked.
        form = seals.read_form(sent.nonce)
        if form is None or form.link != target.link or form.expires_at <= now:
            raise FormExpired
        day = limit_day(now)
        salt = await self._salts.salt(day)
        async with self._database.connect() as connection:
            asked = await _asked(connection, target)
            left = _left(seals, salt, day, asked, form, sent)
            taken = await leave(connection, left)
        if not (taken.counted or taken.repeated):
            raise TooManyAnswers(device=taken.device_is_full, retry_after=seconds_left(now))
        return taken.counted

    def device(self, given: str | None) -> str | None:
        """The device of whoever opens a form: the one that he has from us, or a new one; None without seals."""
        if self._seals is None:
            return None
        if given is not None and self._seals.read_device(given) is not None:
            return given
        return self._seals.new_device()

    def _read(self, token: str) -> tuple[PublicSeals, LinkTarget]:
        target = None if self._seals is None else self._seals.read_link(token)
        if self._seals is None or target is None:
            raise NotFound
        return self._seals, target


async def _asked(connection: AsyncConnection, target: LinkTarget) -> Asked:
    """What the public is asked by a link. Raises `NotFound` and `FormClosed`."""
    places = await places_of_link(connection, target.link)
    asked = await asked_of(connection, places)
    if not places or places[0].version != target.version:
        raise NotFound
    if asked is None or not asked.place.is_open:
        raise FormClosed
    return asked


def _left(
    seals: PublicSeals, salt: bytes, day: dt.date, asked: Asked, form: OpenedForm, sent: Sent
) -> LeftAnswer:
    """The answer as it is taken. Raises `Invalid`."""
    answer = _checked(asked, sent)
    place, rules = asked.place, asked.rules
    device = None if sent.device is None else seals.read_device(sent.device)
    return LeftAnswer(
        id=uuid.UUID(bytes=hashlib.sha256(form.content).digest()[:16]),
        unit=place.unit_id,
        agency=place.agency_id,
        scheme=place.scheme,
        day=place.today,
        steps=answer.steps,
        words=answer.words,
        limit_day=day,
        address=digest(salt, "address", place.unit_id, network_of(sent.host).encode()),
        device=None if device is None else digest(salt, "device", place.unit_id, device),
        a_device=rules.a_device,
        an_address=rules.an_address,
    )


def _checked(asked: Asked, sent: Sent) -> PublicAnswer:
    """The answer. Raises `Invalid`, with every mistake at its place."""
    found = check(asked.content, asked.rules, sent.answers, sent.text)
    if found.answer is not None:
        return found.answer
    most = 0 if asked.rules.text is None else asked.rules.text.longest
    parameters = {
        "expected": ", ".join(asked.content.scales[asked.rules.scale].names),
        "most": str(most),
    }
    raise Invalid(
        errors=[
            FieldError(
                json_pointer([TEXT] if name == TEXT else ["answers", name]), MISTAKES[mistake], parameters
            )
            for name, mistake in found.mistakes.items()
        ]
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
