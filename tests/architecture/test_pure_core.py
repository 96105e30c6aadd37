"""The core: values in, values out. What the imports alone do not show."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

CORE = Path("src/pactdesk/core")

# A name that is called, and what to do instead.
FORBIDDEN_CALLS = {
    "open": "take the text or bytes as a value; files belong to gateways or documents",
    "print": "return the value; showing it belongs to cli",
    "input": "take the value as an argument",
    "float": "use int, Decimal or Fraction",
    "eval": "read the text with a parser",
    "exec": "call a function",
    "__import__": "import at the top",
    "now": "take the instant as an argument (`at`)",
    "utcnow": "take the instant as an argument (`at`)",
    "today": "take the day as an argument (`on`)",
    "uuid1": "take the id as an argument",
    "uuid4": "take the id as an argument",
    "uuid7": "take the id as an argument",
    "urandom": "take the salt or key as an argument",
    "read_text": "take the text as an argument",
    "read_bytes": "take the bytes as an argument",
    "write_text": "return the text",
    "write_bytes": "return the bytes",
}
EXACT_MATH = {"ceil", "comb", "floor", "gcd", "isqrt", "lcm", "prod"}


def impurities(tree: ast.Module) -> Iterator[str]:
    """Each place that reads a clock or a disk, or computes with floats, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
                name in FORBIDDEN_CALLS
            ):
                yield f"{node.lineno}: {name}(): {FORBIDDEN_CALLS[name]}"
            case ast.Constant(value=float() | complex()):
                yield f"{node.lineno}: {node.value!r}: write Fraction or Decimal from a text"
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in EXACT_MATH:
                yield f"{node.lineno}: math.{name} is not exact"
            case ast.ImportFrom(module="math", names=names):
                for inexact in {name.name for name in names} - EXACT_MATH:
                    yield f"{node.lineno}: math.{inexact} is not exact"
            case (
                ast.arg(annotation=ast.Name(id="float"))
                | ast.AnnAssign(annotation=ast.Name(id="float"))
            ):
                yield f"{node.lineno}: a float: money, rates and times are exact here"


def test_the_core_reads_no_clock_and_no_disk_and_has_no_floats(
    sources: Mapping[Path, ast.Module],
) -> None:
    found = [
        f"{file}:{impurity}"
        for file, tree in sources.items()
        if file.is_relative_to(CORE)
        for impurity in impurities(tree)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "date.today()",
        "open('x')",
        "x = float('1')",
        "x = 0.5",
        "math.sqrt(2)",
        "from math import log",
        "def f(rate: float): ...",
        "uuid.uuid4()",
    ],
)
def test_the_check_sees(line: str) -> None:
    assert list(impurities(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["isinstance(value, float)", "math.floor(x)", "x = 1", "from math import ceil"]
)
def test_the_check_lets_pass(line: str) -> None:
    assert not list(impurities(ast.parse(line)))
