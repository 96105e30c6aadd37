"""The demo's desk as somebody runs it: made, looked at, stopped, found again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pactdesk.config.private_postgres import server_folder, stop
from pactdesk.config.serving import Address

pytestmark = pytest.mark.xdist_group("demo-desk")

PATIENCE_S = 500


@pytest.fixture
def name() -> Iterator[str]:
    """A demo of our own, gone at the end."""
    ours = f"journey-{os.getpid()}"
    yield ours
    folder = server_folder(os.environ, ours)
    stop(folder)
    shutil.rmtree(folder)


def desk(name: str, *more: str, **environ: str) -> subprocess.Popen[str]:
    mine = {
        each: value for each, value in os.environ.items() if each not in ("CI", "PACTDESK_MODE")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "pactdesk.cli", "demodesk", "--name", name, *more],
        env={**mine, **environ},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_demo_answers_for_everybody_and_is_found_again_with_the_same_data(name: str) -> None:
    looking = desk(name, CI="true")
    said, _ = looking.communicate(timeout=PATIENCE_S)
    assert looking.returncode == 0, said
    assert said.count("✓") == 13, "everybody looked around"
    notes = server_folder(os.environ, name) / "desk" / "demo.json"
    made = json.loads(notes.read_text("utf-8"))

    staying = desk(name, "--json")
    try:
        assert staying.stdout is not None
        told = json.loads("".join(iter(staying.stdout.readline, "}\n")) + "}")
        pages = Address("127.0.0.1", int(told["addresses"][0].rstrip("/").rpartition(":")[2]))
        assert pages.answers()
        staying.send_signal(signal.SIGTERM)
        assert staying.wait(PATIENCE_S) == 0
    finally:
        staying.kill()
        staying.wait()
        staying.communicate()
    assert not pages.answers()
    again = json.loads(notes.read_text("utf-8"))
    assert {each: again[each] for each in made if each != "origin"} == {
        each: made[each] for each in made if each != "origin"
    }
    assert not (Path(notes).parent.parent / "data" / "postmaster.pid").exists()
