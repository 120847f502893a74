"""A mistake in any file of a scheme is named with its file, line, place and reason, and nothing else is."""

import re
from pathlib import Path

import pytest

from schemes.loading import load_system
from schemes.problems import SchemeError
from tests.documents import ROOT
from tests.schemes.broken import ALL
from tests.schemes.broken_file import Broken

SCHEMES = ROOT / "schemes"


def folder_with(broken: Broken, folder: Path) -> tuple[Path, int]:
    """A copy of the scheme with the mistake, and the line of the mistake."""
    copy = folder / broken.scheme
    copy.mkdir()
    for file in (SCHEMES / broken.scheme).glob("*.yaml"):
        (copy / file.name).write_text(file.read_text("utf-8"), "utf-8")
    text = (copy / broken.file).read_text("utf-8")
    place = text.index(broken.old, text.index(broken.after))
    (copy / broken.file).write_text(text[:place] + broken.new + text[place + len(broken.old) :], "utf-8")
    return copy, text.count("\n", 0, place) + 1


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: f"{broken.file}:{broken.place}:{broken.new}")
def test_a_broken_file_is_refused_at_its_place(broken: Broken, tmp_path: Path) -> None:
    folder, line = folder_with(broken, tmp_path)
    with pytest.raises(SchemeError) as refused:
        load_system(folder)
    found = [problem for problem in refused.value.problems if problem.field == broken.place]
    assert found, str(refused.value)
    assert broken.reason in found[0].reason
    assert {problem.file for problem in found} == {broken.file}
    assert abs(found[0].line - line) <= 2, (
        "a part that is missing is named where it should be, or at the part around"
    )
    assert re.search(rf"^{re.escape(broken.file)}:\d+: {re.escape(broken.place)}: ", str(refused.value), re.M)


def test_more_than_forty_kinds_of_broken_files_are_known() -> None:
    assert len({(broken.scheme, broken.file, broken.place, broken.new) for broken in ALL}) == len(ALL) > 40
