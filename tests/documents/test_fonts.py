"""The fonts come once, are the pinned files or none, and their absence is one clear sentence."""

from __future__ import annotations

import io
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pactdesk.documents import font_fetch, fonts
from pactdesk.documents.font_fetch import FontsAltered, fetch_fonts, keep_pinned_files
from pactdesk.documents.fonts import BOLD, PINNED, REGULAR, FontsMissing, PinnedFile, font_paths
from pactdesk.documents.npm import NodeMissing, PackageNotFetched


def put_fonts(cache: Path) -> Path:
    """Files of the right sizes, without their 21 MB on disk."""
    folder = fonts.fonts_folder(cache)
    folder.mkdir(parents=True)
    for pin in (REGULAR, BOLD):
        with (folder / pin.name).open("wb") as file:
            file.truncate(pin.size)
    return folder


def package(path: Path, files: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tarball:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tarball.addfile(entry, io.BytesIO(content))
    return path


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def only_these_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; no uv beside the interpreter either."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nowhere"))
    return folder


def test_the_fonts_are_found_where_the_environment_says(tmp_path: Path) -> None:
    folder = put_fonts(tmp_path)
    found = font_paths({"PACTDESK_CACHE": str(tmp_path)})
    assert found.folder == folder
    assert found.regular.name == "NotoSansSC_400Regular.ttf"
    assert found.bold.name == "NotoSansSC_700Bold.ttf"


def test_without_a_choice_the_users_cache_comes_first_then_the_checkouts(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    assert fonts.caches(home)[0] == tmp_path / ".cache" / "pactdesk"
    assert fonts.caches(home | {"XDG_CACHE_HOME": "/x"})[0] == Path("/x/pactdesk")
    assert fonts.caches({"HOME": "/nonexistent"})[0].name == "pactdesk"
    assert "nonexistent" not in str(fonts.caches({"HOME": "/nonexistent"}))


def test_a_service_with_a_cache_of_its_own_finds_what_its_users_set_up_fetched(
    tmp_path: Path,
) -> None:
    folder = put_fonts(tmp_path / ".cache" / "pactdesk")
    environ = {"PACTDESK_CACHE": str(tmp_path / "own"), "HOME": str(tmp_path)}
    assert font_paths(environ).folder == folder


def test_missing_fonts_name_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as missing:
        font_paths({"PACTDESK_CACHE": str(tmp_path)})
    assert str(missing.value.facts["folder"]).startswith(str(tmp_path))


def test_a_half_written_font_counts_as_missing(tmp_path: Path) -> None:
    folder = put_fonts(tmp_path)
    (folder / BOLD.name).write_bytes(b"half")
    with pytest.raises(FontsMissing):
        font_paths({"PACTDESK_CACHE": str(tmp_path)})


def test_an_altered_font_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    tarball = package(tmp_path / "p.tgz", {pin.member: b"not the font" for pin in PINNED})
    with pytest.raises(FontsAltered):
        keep_pinned_files(tarball, tmp_path, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_package_without_the_font_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontsAltered):
        keep_pinned_files(package(tmp_path / "p.tgz", {}), tmp_path, tmp_path / "kept")


def test_only_the_pinned_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    monkeypatch.setattr(font_fetch, "PINNED", (PinnedFile("package/a/x.ttf", 5, hello),))
    tarball = package(tmp_path / "p.tgz", {"package/a/x.ttf": b"hello", "package/other": b""})
    keep_pinned_files(tarball, tmp_path, tmp_path / "kept")
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["x.ttf"]


def test_what_npm_says_reaches_the_user(tmp_path: Path, only_these_programs: Path) -> None:
    program(only_these_programs / "node", "exit 0")
    program(only_these_programs / "npm", "echo 'npm error no such host' >&2; exit 1")
    environ = {"PACTDESK_CACHE": str(tmp_path / "cache"), "PATH": str(only_these_programs)}
    with pytest.raises(PackageNotFetched) as failed:
        fetch_fonts(environ)
    assert failed.value.facts["reason"] == "no such host"
    assert list((tmp_path / "cache").iterdir()) == [], "nothing half-written"


def test_without_npm_and_uv_the_user_is_told_what_to_install(
    tmp_path: Path, only_these_programs: Path
) -> None:
    environ = {"PACTDESK_CACHE": str(tmp_path / "cache"), "PATH": str(only_these_programs)}
    with pytest.raises(NodeMissing):
        fetch_fonts(environ)


def test_fonts_that_are_there_are_never_fetched_again(
    tmp_path: Path, only_these_programs: Path
) -> None:
    folder = put_fonts(tmp_path)
    environ = {"PACTDESK_CACHE": str(tmp_path), "PATH": str(only_these_programs)}
    assert fetch_fonts(environ).folder == folder
