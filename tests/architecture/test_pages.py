"""The pages keep up with the code: glossary, decisions, README, requirement marks."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

TABLE = Path(__file__).resolve().parents[2].parent / "shared" / "REQUIREMENTS.md"
READMES = ("README.md", "README.zh.md")


@pytest.fixture(scope="module")
def lister(root: Path) -> ModuleType:
    """scripts/requirements.py, as a module."""
    spec = importlib.util.spec_from_file_location(
        "requirements", root / "scripts" / "requirements.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def glossary_rows(root: Path) -> list[list[str]]:
    """The cells of each entry: Chinese, English, code, meaning."""
    page = (root / "docs/reference/glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split("|") for line in page.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [row for row in cells if row[0] != "中文" and set(row[0]) - {"-", ":"}]


def test_the_glossary_has_four_cells_an_entry_and_no_entry_twice(root: Path) -> None:
    rows = glossary_rows(root)
    assert rows
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    for column in (0, 1):
        names = Counter(row[column].lower() for row in rows)
        assert [name for name, count in names.items() if count > 1] == []


def test_every_code_name_of_the_glossary_is_in_the_code(
    root: Path, texts: Mapping[Path, str]
) -> None:
    code = "\n".join(text for file, text in texts.items() if file.parts[0] == "src")
    named = {name for row in glossary_rows(root) for name in re.findall(r"`([^`]+)`", row[2])}
    assert named
    assert sorted(name for name in named if not re.search(rf"\b{re.escape(name)}\b", code)) == []


def test_every_decision_says_what_was_not_chosen(root: Path) -> None:
    pages = sorted((root / "docs/decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for heading in ("Context", "Decision", "Consequences", "What was not chosen"):
            assert f"\n## {heading}\n" in text, f"{page.name}: {heading}"


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_make_target(root: Path, readme: str) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    page = (root / readme).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert [name for name in targets if f"`make {name}`" not in page and name != "help"] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_command(root: Path, readme: str) -> None:
    page = (root / readme).read_text(encoding="utf-8")
    app = importlib.import_module("pactdesk.cli.app")
    commands = (*app.COMMANDS, *app.OPERATIONS)
    assert [name for name in commands if f"`pactdesk {name}`" not in page] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_link_inside_the_readme_leads_somewhere(root: Path, readme: str) -> None:
    page = (root / readme).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", page)
    assert links
    assert [link for link in links if not (root / link).exists()] == []


def test_a_requirement_mark_names_a_row_or_a_code(root: Path, lister: ModuleType) -> None:
    marked = set(lister.rows_tested_in(root / "tests"))
    form = re.compile(r"[A-ET]\d+|[A-Z0-9]+(_[A-Z0-9]+)*")
    assert {name for name in marked if not form.fullmatch(name)} == set()
    if TABLE.is_file():
        assert marked - set(lister.rows_in(TABLE.read_text(encoding="utf-8"))) == set()
