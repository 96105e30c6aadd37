"""Which rows of the requirements table have a test, and which test.

Tests name rows by `@pytest.mark.requirement("E11", …)`; the table lies beside the checkout
in ../shared/REQUIREMENTS.md. Where it is absent, the ids found in the tests are listed.

    make requirements                      covered of total, per contract
    python scripts/requirements.py E       every row of contract E with its tests
    python scripts/requirements.py --json  id → tests
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT.parent / "shared" / "REQUIREMENTS.md"
GROUPS = {
    "T": "text ingestion",
    "A": "000 temporary coordinator",
    "B": "001 service agreement",
    "C": "002 service management",
    "D": "003 part-time agent",
    "E": "004 system outsourcing",
    "linter": "codes of findings",
}

_ROW = re.compile(r"^\| *([A-ET]\d+) *\| *([^|]*)\|([^|]*)", re.MULTILINE)
_CODE = re.compile(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b|\bTRUNCATED\b")


def marks_in(source: str, file: str) -> Iterator[tuple[str, str]]:
    """(id, test) for each mark in a test file; a mark in a table of cases counts for its test.

    >>> list(marks_in('@pytest.mark.requirement("E11")\\ndef test_a(): ...', "t.py"))
    [('E11', 't.py::test_a')]
    """
    yield from _marks(ast.parse(source), file)


def _marks(node: ast.AST, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        name = f"{name}::{node.name}"
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.requirement":
        for argument in node.args:
            if isinstance(argument, ast.Constant):
                yield str(argument.value), name
    for child in ast.iter_child_nodes(node):
        yield from _marks(child, name)


def rows_tested_in(folder: Path) -> dict[str, list[str]]:
    """id → the tests that carry it, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for file in sorted(folder.rglob("test_*.py")):
        place = file.relative_to(folder.parent).as_posix()
        for row, test in marks_in(file.read_text(encoding="utf-8"), place):
            found[row][test] = None
    return {
        row: list(tests) for row, tests in sorted(found.items(), key=lambda item: _order(item[0]))
    }


def rows_in(table: str) -> dict[str, str]:
    """id → what the row says, for the rows of every contract and the codes of the linter."""
    rows = {row: f"{clause.strip()}: {rule.strip()}" for row, clause, rule in _ROW.findall(table)}
    _, _, catalogue = table.partition("## Linter catalogue")
    return rows | dict.fromkeys(_CODE.findall(catalogue), "finding")


def group_of(row: str) -> str:
    """The contract's letter, or "linter".

    >>> group_of("E11"), group_of("TERM_MISMATCH")
    ('E', 'linter')
    """
    return row[0] if re.fullmatch(r"[A-ET]\d+", row) else "linter"


def summary(rows: dict[str, str], tests: dict[str, list[str]]) -> Iterator[str]:
    """A line for each contract, and one for all."""
    for group, title in GROUPS.items():
        inside = [row for row in rows if group_of(row) == group]
        covered = [row for row in inside if row in tests]
        count = len({test for row in covered for test in tests[row]})
        share = f"{len(covered)}/{len(inside)}"
        yield f"  {group:7} {title:26} {share:>8} rows  {count:4} tests   {_short(covered)}"
    all_covered = [row for row in rows if row in tests]
    yield f"  {'all':7} {'':26} {f'{len(all_covered)}/{len(rows)}':>8} rows"
    unknown = [row for row in tests if row not in rows]
    if unknown:
        yield f"  not in the table: {', '.join(unknown)}"


def details(rows: dict[str, str], tests: dict[str, list[str]], group: str) -> Iterator[str]:
    """Every row of one contract with its tests."""
    for row, rule in rows.items():
        if group_of(row) == group:
            yield f"{'✓' if row in tests else '·'} {row:5} {rule}"
            yield from (f"        {test}" for test in tests.get(row, ()))


def main(arguments: list[str]) -> int:
    """Print what was asked for; 0, or 2 for an unknown group."""
    tests = rows_tested_in(ROOT / "tests")
    if "--json" in arguments:
        print(json.dumps(tests, ensure_ascii=False, indent=2))
        return 0
    rows = (
        rows_in(TABLE.read_text(encoding="utf-8")) if TABLE.is_file() else dict.fromkeys(tests, "")
    )
    if arguments and arguments[0] not in GROUPS:
        print(f"There is no group {arguments[0]}; the groups are {', '.join(GROUPS)}.")
        return 2
    print("\n".join(details(rows, tests, arguments[0]) if arguments else summary(rows, tests)))
    if not TABLE.is_file():
        print("The requirements table is not beside this checkout; these are the ids in the tests.")
    return 0


def _short(rows: list[str]) -> str:
    return ", ".join(rows[:8]) + (" …" if len(rows) > 8 else "")


def _order(row: str) -> tuple[str, int]:
    digits = row[1:] if row[1:].isdigit() else "0"
    return (group_of(row) if digits != "0" else row, int(digits))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
