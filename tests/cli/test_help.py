"""Every command explains itself in the user's language."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from pactdesk.cli.app import COMMANDS, OPERATIONS

Run = Callable[..., Any]


@pytest.mark.parametrize("name", [*COMMANDS, *OPERATIONS])
def test_every_command_has_help_and_speaks_json(run: Run, name: str) -> None:
    shown = run(name, "--help")
    assert shown.code == 0
    assert "用法" in shown.out
    assert "--json" in shown.out


def test_the_group_lists_commands_and_exit_codes(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    assert all(name in shown.out for name in (*COMMANDS, *OPERATIONS))
    assert "退出码" in shown.out


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"PACTDESK_LANG": "en"}, "Usage:"),
        ({"LANG": "en_GB.UTF-8"}, "Usage:"),
        ({"LANG": "C"}, "用法"),
        ({"LC_ALL": "POSIX"}, "用法"),
        ({}, "用法"),
    ],
)
def test_the_language_follows_the_user(variables: dict[str, str], word: str) -> None:
    clean = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    shown = subprocess.run(
        [sys.executable, "-m", "pactdesk.cli", "--help"],
        env=clean | variables,
        capture_output=True,
        check=True,
    )
    assert word in shown.stdout.decode()


def test_reading_needs_no_heavy_imports() -> None:
    code = "import sys, pactdesk.cli.commands.read_ as _; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(shown.stdout.decode().split())
    assert not {"django", "matplotlib", "typst", "simpy", "duckdb"} & loaded
