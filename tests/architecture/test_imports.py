"""Imports point down the picture, and the verifier stands alone."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

CLI = Path("src/pactdesk/cli")
VERIFIER = Path("src/pactverify")
VERIFIER_LINES = 4_000


def imported(tree: ast.Module) -> Iterator[str]:
    """The full name of every module a file imports, at its top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def test_every_module_can_be_imported(broken_modules: Mapping[str, Exception]) -> None:
    assert not broken_modules


def test_imports_point_down_the_picture(root: Path) -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checked = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_part_that_the_picture_requires_is_checked(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    for contract in ("picture", "core"):
        assert contracts[contract]["exhaustive"], "a new part must find its place in the layers"
    assert contracts["core"]["layers"][-1] == "units"


def test_the_verifier_uses_nothing_but_the_standard_library(
    sources: Mapping[Path, ast.Module],
) -> None:
    allowed = sys.stdlib_module_names | {"pactverify"}
    foreign = {
        f"{file}: {name}"
        for file, tree in sources.items()
        if file.is_relative_to(VERIFIER)
        for name in imported(tree)
        if name.partition(".")[0] not in allowed
    }
    assert not foreign, "an auditor installs nothing but Python"


def test_an_auditor_can_read_the_verifier_in_two_days(root: Path) -> None:
    files = (root / VERIFIER).rglob("*.py")
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    assert lines < VERIFIER_LINES


def test_only_the_command_line_calls_the_verifier(sources: Mapping[Path, ast.Module]) -> None:
    callers = {
        str(file)
        for file, tree in sources.items()
        if not file.is_relative_to(VERIFIER) and not file.is_relative_to(CLI)
        for name in imported(tree)
        if name.partition(".")[0] == "pactverify"
    }
    assert not callers, "what is verified must not lean on its verifier"
