"""Set-up on a machine that lacks something: one sentence that says what to install."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = ("cat", "dirname", "mkdir", "rm", "sh", "sha256sum")
TOO_OLD = "exit 1"
WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1;; esac'


@pytest.fixture
def bare_machine(root: Path, tmp_path: Path) -> Path:
    """A copy of what set-up reads, and a PATH with a handful of tools and no Python."""
    for folder in ("scripts", "requirements"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def set_up(machine: Path, language: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": str(machine / "bin"), "PACTDESK_LANG": language, "HOME": "/nonexistent"}
    return subprocess.run(
        ["sh", "scripts/setup.sh"],
        cwd=machine,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("python", "named"),
    [(None, "python3 python3-venv"), (TOO_OLD, "3.11"), (WITHOUT_VENV, "apt install python3-venv")],
)
def test_a_missing_python_or_venv_is_one_sentence_naming_the_debian_package(
    bare_machine: Path, python: str | None, named: str, language: str
) -> None:
    if python is not None:
        program = bare_machine / "bin" / "python3"
        program.write_text(f"#!/bin/sh\n{python}\n")
        program.chmod(0o755)
    done = set_up(bare_machine, language)
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert named in sentence
    assert ("需要" in sentence or "缺少" in sentence) == (language == "zh")
    assert not (bare_machine / ".venv").exists(), "nothing half-made"
