"""Checks what is handed in as evidence: who, when, for what, and whether a file is what it says."""

from service import policy
from service.appraisals.openness import refuse_unless_open
from service.evidence.files.archives import HoldsProgram, UnpacksTooLarge
from service.evidence.files.content import BrokenFile, Content
from service.evidence.files.kinds import TAKEN, FileKind, type_by_name
from service.evidence.files.names import NameHoldsNip, UnreadableName, cleaned_name, fits
from service.evidence.files.recognising import UNKNOWN, file_kind, other_type
from service.problems import FieldError, Invalid, NotYoursToAdd
from service.sight.seeing import ContentSight
from translations import mark as _


def refuse_unless_may_add(seen: ContentSight) -> None:
    """Raises `NotYoursToAdd`, `CaseNotBegun` and `CaseClosed`."""
    if policy.author_capacity(seen.sight.capacities, policy.EVIDENCE_AUTHORS) is None:
        raise NotYoursToAdd(capacities=",".join(policy.EVIDENCE_AUTHORS))
    refuse_unless_open(seen.sight)


def checked_file(name: str, content: Content) -> tuple[FileKind, str]:
    """The kind of the file and the name under which it is kept. Raises `Invalid`, which names ``/file``."""
    if not content:
        raise _refused(_("The file is empty. Check it, and hand it in again."))
    kind = _kind_of(name, content)
    try:
        return kind, cleaned_name(name, kind)
    except UnreadableName:
        raise _refused(
            _("The name of the file has characters that cannot be seen. Give it a plain name of one line.")
        ) from None
    except NameHoldsNip:
        raise _refused(
            _("The name of the file holds a NIP. Names travel with files: take the number out of it.")
        ) from None


def _kind_of(name: str, content: Content) -> FileKind:
    try:
        kind = file_kind(content)
    except HoldsProgram:
        raise _refused(_("The document holds macros or programs. Save it without them, or as PDF.")) from None
    except UnpacksTooLarge:
        raise _refused(
            _("Unpacked, this document would fill more than 1 GB. Save it anew, or as PDF.")
        ) from None
    except BrokenFile:
        raise _refused(
            _("The file is not whole, or is a second thing as well. Save it anew and hand that in.")
        ) from None
    claimed = type_by_name(name) or UNKNOWN
    if kind is None:
        raise _refused(
            _("By its name this is {claimed}, by its content {found}. What can be handed in: {taken}."),
            claimed=claimed,
            found=other_type(content),
            taken=TAKEN,
        )
    if not fits(name, kind):
        raise _refused(
            _("By its name this is {claimed}, by its content {found}. Give it a name that fits."),
            claimed=claimed,
            found=kind.media_type,
        )
    return kind


def _refused(message: str, **parameters: str) -> Invalid:
    return Invalid(errors=[FieldError("/file", message, parameters)])
