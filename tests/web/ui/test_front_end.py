"""What the pages load from others comes once, checked, and by no address of ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pactdesk.core.units.errors import PactError
from pactdesk.documents.npm import NodeMissing, PackageNotFetched
from pactdesk.web.ui import front_end
from pactdesk.web.ui.front_end import (
    CHECKER,
    LOCKS,
    PAGES,
    FrontEndIncomplete,
    bring_front_end,
)

# Copies what a test put beside it into node_modules, as npm would.
FAKE_NPM = '#!/bin/sh\ncp -R "$(dirname "$0")/modules" node_modules\n'


def program(path: Path, script: str) -> None:
    path.write_text(script)
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine whose npm gives the files in bin/modules."""
    folder = tmp_path / "bin"
    for file in (*PAGES, CHECKER):
        target = folder / "modules" / file.member
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.name)
    program(folder / "npm", FAKE_NPM)
    program(folder / "node", "#!/bin/sh\n")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nowhere"))
    return {"PACTDESK_CACHE": str(tmp_path / "cache"), "PATH": f"{folder}:/usr/bin:/bin"}


def test_the_lock_pins_every_package_by_hash_and_names_no_registry() -> None:
    text = (LOCKS / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "resolved" not in text
    wanted = json.loads((LOCKS / "package.json").read_text(encoding="utf-8"))
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_the_files_come_from_npm_and_the_checker_is_never_sent(
    machine: dict[str, str], tmp_path: Path
) -> None:
    kept = bring_front_end(machine, tmp_path / "vendor")
    assert {file.name for file in (tmp_path / "vendor").iterdir()} == {one.name for one in PAGES}
    assert (kept / CHECKER.name).is_file()
    assert [file.name for file in (tmp_path / "cache").iterdir()] == ["front-end"]


def test_what_is_there_is_not_fetched_again(machine: dict[str, str], tmp_path: Path) -> None:
    bring_front_end(machine, tmp_path / "vendor")
    program(tmp_path / "bin" / "npm", "#!/bin/sh\nexit 1\n")
    before = (tmp_path / "vendor" / PAGES[0].name).stat().st_mtime_ns
    bring_front_end(machine, tmp_path / "vendor")
    assert (tmp_path / "vendor" / PAGES[0].name).stat().st_mtime_ns == before


def test_a_package_without_its_file_leaves_nothing(machine: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "bin" / "modules" / PAGES[0].member).unlink()
    with pytest.raises(FrontEndIncomplete):
        bring_front_end(machine, tmp_path / "vendor")
    assert list((tmp_path / "cache").iterdir()) == []
    assert not (tmp_path / "vendor").exists()


def test_what_npm_says_reaches_the_user(machine: dict[str, str], tmp_path: Path) -> None:
    program(tmp_path / "bin" / "npm", "#!/bin/sh\necho 'npm error no such host' >&2\nexit 1\n")
    with pytest.raises(PackageNotFetched) as failed:
        bring_front_end(machine, tmp_path / "vendor")
    assert failed.value.facts["reason"] == "no such host"


def test_without_npm_and_uv_the_user_is_told_what_to_install(
    machine: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NodeMissing):
        bring_front_end(machine | {"PATH": str(tmp_path / "empty")}, tmp_path / "vendor")


def test_a_failure_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> Path:
        raise NodeMissing(package="htmx.org")

    assert issubclass(NodeMissing, PactError)
    monkeypatch.setattr(front_end, "bring_front_end", fails)
    assert front_end.main() == 1
    assert capsys.readouterr().err.count("\n") == 1
