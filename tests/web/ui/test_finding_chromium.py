"""Chromium is found, brought, or its absence says which command to run; it is never skipped."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from scripts.browser import BrowserMissing, chromium


class Machine:
    """A machine that does as told and writes down what was run."""

    def __init__(self, folder: Path, brings: dict[str, Path]) -> None:
        self.folder = folder
        self.brings = brings
        self.ran: list[str] = []

    def run(self, command: tuple[str, ...]) -> str:
        """Runs nothing; a word of `brings` in the command makes that program appear."""
        self.ran.append(" ".join(command))
        for word, path in self.brings.items():
            if word in command:
                put(path)
                return ""
        return "no network"

    def put(self, name: str) -> None:
        """The program `name` on PATH."""
        put(self.folder / name)


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setitem(os.environ, "PATH", str(folder))
    monkeypatch.setitem(os.environ, "PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    return Machine(folder, {})


def test_of_two_that_ask_at_once_the_second_waits_and_finds_it_there(machine: Machine) -> None:
    machine.put("apt-get")
    machine.brings = {"chromium": machine.folder / "chromium"}

    def slowly(command: tuple[str, ...]) -> str:
        time.sleep(0.05)  # as long as two need to meet
        return machine.run(command)

    with ThreadPoolExecutor(2) as both:
        found = list(both.map(lambda _: chromium(slowly, is_root=True), range(2)))
    assert found == [str(machine.folder / "chromium")] * 2
    assert len([line for line in machine.ran if "install" in line]) == 1


def test_the_machines_own_is_used_and_nothing_is_run(machine: Machine) -> None:
    machine.put("chromium-browser")
    assert chromium(machine.run, is_root=True).endswith("/chromium-browser")
    assert machine.ran == []


def test_root_gets_it_from_apt_with_a_chinese_font(machine: Machine) -> None:
    machine.put("apt-get")
    machine.brings = {"chromium": machine.folder / "chromium"}
    assert chromium(machine.run, is_root=True) == str(machine.folder / "chromium")
    assert any("fonts-noto-cjk" in line for line in machine.ran)
    assert not any("playwright" in line for line in machine.ran)


def test_an_ordinary_user_gets_playwrights_own(machine: Machine, tmp_path: Path) -> None:
    machine.put("apt-get")
    own = tmp_path / "own" / "chromium_headless_shell-1" / "shell-linux" / "headless_shell"
    machine.brings = {"playwright": own}
    assert chromium(machine.run, is_root=False) == str(own)
    assert not any("apt-get" in line for line in machine.ran)


def test_with_nothing_to_be_had_the_reader_is_told_the_command(machine: Machine) -> None:
    with pytest.raises(BrowserMissing) as missing:
        chromium(machine.run, is_root=False)
    assert "apt-get install chromium" in str(missing.value)
    assert "playwright install" in str(missing.value)
    assert "no network" in str(missing.value)
