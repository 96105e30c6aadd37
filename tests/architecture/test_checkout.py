"""What lies in the repository, and what must never lie there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

MOST_LINES = 400

# Written in pieces, or this file would name them itself.
HOSTS = tuple(
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("tuna", "tsinghua"),
        ("mirrors", "aliyun"),
    ]
)
MACHINE_PATHS = ("/" + "work/main", "/" + "root/", "/" + "home/")


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine(
    texts: Mapping[Path, str],
) -> None:
    found = [
        f"{file}: {word}"
        for file, text in texts.items()
        for word in (*HOSTS, *MACHINE_PATHS)
        if word in text
    ]
    assert not found, "the user's own settings say where packages come from"


def test_every_locked_package_has_a_hash(root: Path) -> None:
    for lock in (root / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
        bare = [entry for entry in entries if "--hash=sha256:" not in entry]
        assert not bare, lock.name
    assert not (root / "uv.lock").exists(), "it would name the registry of whoever made it"


def test_the_locks_hold_what_the_project_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    for lock, wanted in {
        "runtime.txt": project["project"]["dependencies"],
        "dev.txt": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }.items():
        text = (root / "requirements" / lock).read_text(encoding="utf-8")
        locked = {name.lower() for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
        named = {re.split(r"[<>=~! \[]", line)[0].lower() for line in wanted}
        assert named <= locked, f"{lock} is older than pyproject.toml: make lock"


def test_both_locks_agree(root: Path) -> None:
    folder = root / "requirements"
    runtime, dev = (
        set(
            re.findall(r"^\S+==[^\\\n]+", (folder / name).read_text(encoding="utf-8"), re.MULTILINE)
        )
        for name in ("runtime.txt", "dev.txt")
    )
    assert runtime <= dev


def test_every_module_says_what_it_is_for(sources: Mapping[Path, ast.Module]) -> None:
    assert [str(file) for file, tree in sources.items() if not ast.get_docstring(tree)] == []


def test_every_folder_with_code_is_a_package(sources: Mapping[Path, ast.Module]) -> None:
    folders = {file.parent for file in sources} - {Path("src")}
    assert [str(folder) for folder in folders if folder / "__init__.py" not in sources] == []


def test_no_file_outgrows_its_subject(texts: Mapping[Path, str]) -> None:
    long = [
        f"{file}: {len(text.splitlines())} lines"
        for file, text in texts.items()
        if file.suffix == ".py" and len(text.splitlines()) > MOST_LINES
    ]
    assert not long, "give its parts their own files"
