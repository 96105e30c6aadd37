"""The published schema and the program accept the same terms."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from pactdesk.core.terms.text import TermsInvalid, contract_from_plain, json_schema
from tests.support.contracts import agreement, fixed_fee
from tests.support.laws import cases
from tests.support.terms import KINDS, Plain, contracts

SCHEMA = json_schema()
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,),
    "boolean": (bool,), "null": (type(None),), "number": (int, float),
}  # fmt: skip
UNDERSTOOD = {
    "$defs", "$ref", "additionalProperties", "anyOf", "const", "default", "description",
    "discriminator", "enum", "exclusiveMinimum", "format", "items", "minimum", "oneOf",
    "pattern", "properties", "required", "title", "type",
}  # fmt: skip


def accepts(schema: Any, value: Any) -> bool:
    """As much of JSON Schema as the published one uses."""
    if isinstance(schema, bool):
        return schema
    assert set(schema) <= UNDERSTOOD, set(schema) - UNDERSTOOD
    if "$ref" in schema:
        return accepts(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], value)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices is not None:
        return any(accepts(each, value) for each in choices)
    if "type" in schema and not is_a(schema["type"], value):
        return False
    return is_allowed(schema, value) and parts_are_allowed(schema, value)


def is_a(name: str, value: Any) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def is_allowed(schema: Plain, value: Any) -> bool:
    return (
        value in schema.get("enum", [value])
        and value == schema.get("const", value)
        and ("pattern" not in schema or re.search(schema["pattern"], value) is not None)
        and ("minimum" not in schema or value >= schema["minimum"])
        and ("exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"])
        and (schema.get("format") != "date" or bool(date.fromisoformat(value)))
    )


def parts_are_allowed(schema: Plain, value: Any) -> bool:
    if isinstance(value, list):
        return all(accepts(schema.get("items", True), each) for each in value)
    if not isinstance(value, dict):
        return True
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    return all(name in value for name in schema.get("required", [])) and all(
        accepts(known.get(name, others), each) for name, each in value.items()
    )


@settings(max_examples=cases(60))
@given(contracts())
def test_the_schema_accepts_what_the_program_accepts(plain: Plain) -> None:
    contract_from_plain(plain)
    assert accepts(SCHEMA, plain)


def test_the_schema_names_every_kind_of_clause() -> None:
    kinds = SCHEMA["properties"]["clauses"]["items"]["discriminator"]["mapping"]
    assert set(kinds) == set(KINDS)


FEE = {"id": "fee-1", "kind": "fee_fixed", "amount": "1.00", "per": "month"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 1}, {"amount": 1.5}, {"amount": "1,00"}, {"amount": "-1"}, {"per": "week"},
        {"tax_rate": "1.01"}, {"tax_rate": "6%"}, {"tax": "0.06"}, {"id": "Fee 1"},
        {"kind": "fee"}, {"tax_included": "yes"},
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_program_refuses(wrong: Plain) -> None:
    plain = {
        "contract_id": "c-1",
        "title": "示例",
        "contract_type": "service_agreement",
        "clauses": [FEE | wrong],
    }
    with pytest.raises(TermsInvalid):
        contract_from_plain(plain)
    assert not accepts(SCHEMA, plain)
    assert accepts(SCHEMA, plain | {"clauses": [FEE]})
    assert agreement(fixed_fee()).clauses
