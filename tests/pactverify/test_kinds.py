"""Every kind of clause and of line is known to the verifier; a kind that is not is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.facts.canonical import canonical_json
from pactverify import verify
from pactverify.settlement import AMOUNTS
from pactverify.stretches import KNOWN, LINES

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference"


def kinds_in(schema: Any) -> Iterator[str]:
    """The kinds of clauses that a schema describes."""
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        if {"id", "kind"} <= set(properties):
            yield properties["kind"]["const"]
    held = schema.values() if isinstance(schema, dict) else schema
    for each in held if isinstance(schema, dict | list) else ():
        yield from kinds_in(each)


def test_every_kind_of_clause_is_known() -> None:
    schema = json.loads((REFERENCE / "terms.schema.json").read_text("utf-8"))
    assert set(kinds_in(schema)) == KNOWN - {"vat"}


def test_every_kind_of_line_has_its_amount_and_its_page() -> None:
    assert set(AMOUNTS) == set(LINES)
    pages = {page.stem for page in (REFERENCE / "lines").glob("*.md")}
    in_recheck = {"fee_headcount_hours"}
    assert pages - {"index", "after_term", "due_dates", "adjustment"} == set(LINES) - in_recheck


@pytest.mark.requirement("T4")
def test_a_clause_of_an_unknown_kind_is_refused_and_named(
    random_case: Callable[[int], Any],
    trust: Callable[..., Path],
    opened: Callable[[Path], dict[str, bytes]],
    closed: Callable[..., Path],
    tmp_path: Path,
) -> None:
    case = random_case(3)
    files = opened(case.write(tmp_path / "month.pactbundle"))
    terms, statement = (json.loads(files[f"{name}.json"]) for name in ("terms", "statement"))
    terms["clauses"].append({"id": "new-1", "kind": "fee_magic", "amount": "1.00"})
    statement["pins"]["terms"] = sha256(canonical_json(terms)).hexdigest()
    changed = {"terms.json": terms, "statement.json": statement}
    files |= {name: canonical_json(each) + b"\n" for name, each in changed.items()}
    report = verify(closed(tmp_path / "new.pactbundle", files), trust=trust(case.key))
    assert report.exit_code == 1
    assert "fee_magic" in report.text("zh")
    assert [each.key for each in report.failures] == ["kind_unknown"]
