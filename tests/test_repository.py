"""The two commands that a newcomer needs rest on these files."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_lock_names_no_host_and_no_path() -> None:
    assert re.findall(r"\S*(?:/|@|file:|--index|--find-links)\S*", LOCK) == []


def test_every_locked_version_has_hashes() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK.strip())
    assert len(entries) > 50
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_every_dependency_of_the_project_is_locked() -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[>=<!~ ]", requirement)[0].lower() for requirement in wanted}
    assert names - locked == set()


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    done = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (declared,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    listed = re.findall(r"^  make (\w+) +\S", done.stdout, re.MULTILINE)
    assert sorted(listed) == sorted(declared.split())


def test_a_python_that_is_too_old_is_named_in_one_clear_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && { echo "Python 3.9.2"; exit 0; }\nexit 1\n', "utf-8")
    old.chmod(0o755)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "pyproject.toml").touch()
    done = subprocess.run(
        ["make", "-C", str(tmp_path), "-f", str(ROOT / "Makefile"), "lint", f"PYTHON={old}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"kinerja needs Python 3.11 or newer, and '{old}' is Python 3.9.2." in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("suffix", (".py", ".yaml", ".po", ".sql", ".jinja", ".csv", ".mako"))
def test_what_the_packages_need_travels_in_the_wheel(packaged: set[str], suffix: str) -> None:
    packages = [path for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name != "tests"]
    sources = {
        path.relative_to(ROOT).as_posix() for package in packages for path in package.rglob(f"*{suffix}")
    }
    assert sources - packaged == set()


def test_the_tests_do_not_travel_in_the_wheel(packaged: set[str]) -> None:
    assert [name for name in packaged if name.startswith("tests/")] == []
