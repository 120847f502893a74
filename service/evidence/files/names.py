"""Names of files: without a path, in one line, and with an ending that fits the content."""

import re
import unicodedata

from service.evidence.files.kinds import FileKind, type_by_name

LONGEST_NAME = 120
"""Characters, the ending included."""

_NIP = re.compile(r"(?<!\d)\d{8}[ ._-]?\d{6}[ ._-]?\d[ ._-]?\d{3}(?!\d)")
"""The 18 digits of an employee's number, together or in the groups in which it is written."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_UNUSABLE = re.compile(r'[<>:"|?*]')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of control characters, marks that turn the direction of writing, and what no font shows."""
_JOINERS = frozenset("\u200c\u200d")
"""Some scripts are not written without them, and they move nothing."""


class UnreadableName(ValueError):
    """A name with characters that nobody sees, by which it can look like another."""


class NameHoldsNip(ValueError):
    """A name with the number of an employee, which would get about with the file."""


def cleaned_name(given: str, kind: FileKind) -> str:
    """The name under which a file of a kind is kept.

    Paths and what some systems cannot store go, the ending becomes one of the kind, a long name is cut before
    it. Raises `UnreadableName` and `NameHoldsNip`.
    """
    name = bare_name(given)
    if any(unicodedata.category(letter) in _INVISIBLE and letter not in _JOINERS for letter in name):
        raise UnreadableName
    if _NIP.search(unicodedata.normalize("NFKC", name)):
        raise NameHoldsNip
    stem, dot, ending = _UNUSABLE.sub("-", name).rpartition(".")
    if not dot or ending.lower() not in kind.endings:
        stem, ending = f"{stem}{dot}{ending}", kind.endings[0]
    stem = stem.strip(" .") or "berkas"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST_NAME - 1 - len(ending)].rstrip(' .')}.{ending.lower()}"


def bare_name(given: str) -> str:
    """The name without the directories that some browsers send, in composed letters."""
    return unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1]).strip()


def fits(name: str, kind: FileKind) -> bool:
    """Whether a name claims no other kind; one that ends in nothing known claims none."""
    bare = bare_name(name)
    return type_by_name(bare) is None or bare.rpartition(".")[2].lower() in kind.endings
