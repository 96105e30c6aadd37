"""Terms as a file: written and read back the same, and strict about every slip."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import Json, canonical_json
from pactdesk.core.settle.hashes import terms_hash
from pactdesk.core.terms import text as terms_text
from pactdesk.core.terms.text import (
    contract_from_plain,
    contract_from_yaml,
    contract_to_json,
    contract_to_plain,
    contract_to_yaml,
)
from tests.support.contracts import agreement, fixed_fee, level, per_point
from tests.support.laws import cases
from tests.support.terms import KINDS, Plain, clauses, contracts


def contract_of(clause: Plain) -> Plain:
    return {
        "contract_id": "c-1",
        "title": "示例",
        "contract_type": "service_agreement",
        "clauses": [clause],
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=cases(20))
@given(data=st.data())
def test_a_clause_of_any_kind_is_written_and_read_back_the_same(
    kind: str, data: st.DataObject
) -> None:
    contract = contract_from_plain(contract_of(data.draw(clauses(kind))))
    assert contract_from_yaml(contract_to_yaml(contract)) == contract
    assert contract_from_plain(json.loads(contract_to_json(contract))) == contract


@settings(max_examples=cases(50))
@given(contracts())
def test_terms_have_one_hash_however_often_they_are_written(plain: Plain) -> None:
    contract = contract_from_plain(plain)
    again = contract_from_yaml(contract_to_yaml(contract))
    assert again == contract
    assert terms_hash(again) == terms_hash(contract)
    canonical: Json = contract_to_plain(contract)
    assert terms_hash(contract) == hashlib.sha256(canonical_json(canonical)).hexdigest()


@settings(max_examples=cases(50))
@given(contracts())
def test_what_is_written_keeps_everything_that_was_read(plain: Plain) -> None:
    written = contract_to_plain(contract_from_plain(plain))
    assert holds(written, plain)
    assert [each["id"] for each in written["clauses"]] == [each["id"] for each in plain["clauses"]]


def holds(written: Any, given_: Any) -> bool:
    """Whether everything in `given_` is in `written`, which may also name defaults."""
    if isinstance(given_, dict):
        return all(holds(written.get(key, {}), value) for key, value in given_.items())
    if isinstance(given_, list):
        return len(written) == len(given_) and all(map(holds, written, given_))
    return bool(written == given_)


BASE = """
contract_id: c-1
title: 示例
contract_type: service_agreement
clauses:
  - {id: fee-1, kind: fee_fixed, amount: "20000.00", per: month}
  - {id: late-1, kind: late_fee, rate_per_day: "0.0005"}
  - {id: level-1, kind: service_level, metric: csat, target: "0.85", within: {n: 3, unit: h}}
  - {id: start-1, kind: effectiveness, "on": signature_or_seal, signed_on: 2026-07-31}
  - {id: ded-1, kind: deduction, level: level-1,
     rule: {kind: per_point, step: "0.01", rate: "0.02"}}
"""


def test_the_sample_of_this_page_is_read() -> None:
    contract = contract_from_yaml(BASE)
    assert str(contract.value("start-1.signed_on")) == "2026-07-31"


SLIPS = [
    ('"20000.00"', "20000.00", "NumberUnquoted", "fee-1.amount"),
    ('"20000.00"', "20000", "NumberUnquoted", "fee-1.amount"),
    ('"0.0005"', "0.0005", "NumberUnquoted", "late-1.rate_per_day"),
    ('step: "0.01"', "step: 0.01", "NumberUnquoted", "ded-1.rule.step"),
    ('"20000.00"', '"20,000.00"', "NumberUnreadable", "fee-1.amount"),
    ('"20000.00"', '"两万元"', "NumberUnreadable", "fee-1.amount"),
    ('"20000.00"', '"NaN"', "NumberUnreadable", "fee-1.amount"),
    ('"20000.00"', '"-1.00"', "NumberOutOfRange", "fee-1.amount"),
    ('"20000.00"', "null", "NumberUnreadable", "fee-1.amount"),
    ("per: month", "per: week", "ChoiceUnknown", "fee-1.per"),
    ("per: month", "per: month, tax: 6", "FieldUnknown", "fee-1.tax"),
    (", per: month", "", "FieldMissing", "fee-1.per"),
    ("kind: fee_fixed", "kind: fee_by_mood", "ChoiceUnknown", "fee-1"),
    ("id: late-1", "id: fee-1", "IdTwice", "."),
    ("id: late-1", "id: Late_1", "TermsInvalid", "Late_1.id"),
    ("2026-07-31", "2026-02-30", "DateUnreadable", "start-1.signed_on"),
    ("2026-07-31", "31.7.2026", "DateUnreadable", "start-1.signed_on"),
    ("2026-07-31", '"1727740800"', "DateUnreadable", "start-1.signed_on"),
    ("n: 3", "n: 0", "NumberOutOfRange", "level-1.within.n"),
    ("n: 3", 'n: "3"', "TermsInvalid", "level-1.within.n"),
    ("n: 3", "n: 3.5", "TermsInvalid", "level-1.within.n"),
    ("title: 示例", "title: 示例\nseal: yes", "FieldUnknown", "seal"),
    ("contract_id: c-1\n", "", "FieldMissing", "contract_id"),
]


@pytest.mark.parametrize(("right", "wrong", "error", "path"), SLIPS)
def test_a_slip_is_told_with_its_place(right: str, wrong: str, error: str, path: str) -> None:
    assert right in BASE
    with pytest.raises(terms_text.TermsInvalid) as told:
        contract_from_yaml(BASE.replace(right, wrong, 1), "c.yaml")
    assert (type(told.value).__name__, told.value.facts["path"]) == (error, path)
    assert told.value.facts["file"] == "c.yaml"


@pytest.mark.parametrize("text", ["", "- 1", "zwölf", "clauses: {}", "null", "a: !!binary aGk="])
def test_what_is_no_contract_is_refused_with_its_file(text: str) -> None:
    with pytest.raises((terms_text.TermsInvalid, terms_text.TermsUnreadable)) as told:
        contract_from_yaml(text, "c.yaml")
    assert told.value.facts["file"] == "c.yaml"


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\t", "a: &x [*x]", "? [1, 2] : 3"])
def test_what_is_no_yaml_is_refused_with_its_line(text: str) -> None:
    with pytest.raises((terms_text.TermsInvalid, terms_text.TermsUnreadable)):
        contract_from_yaml(text, "c.yaml")


def test_aliases_of_aliases_are_refused_before_anybody_writes_them_out() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise("abcdefgh"):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    with pytest.raises(terms_text.TermsUnreadable):
        contract_from_yaml("\n".join([*lines, "clauses: *h"]))


def test_a_term_written_twice_is_refused_and_not_the_last_one_taken() -> None:
    twice = BASE.replace('rate_per_day: "0.0005"', 'rate_per_day: "0.0005", rate_per_day: "0.05"')
    with pytest.raises(terms_text.TermTwice) as told:
        contract_from_yaml(twice, "c.yaml")
    assert told.value.facts["line"] == 7


@pytest.mark.parametrize(
    ("right", "wrong"), [('"on": signature_or_seal', "on: signature_or_seal"), ("n: 3", "n: 03")]
)
def test_a_word_is_a_word_and_a_number_is_decimal(right: str, wrong: str) -> None:
    text = BASE.replace(right, wrong)
    if wrong.startswith("on"):
        assert contract_from_yaml(text) == contract_from_yaml(BASE)
    else:  # 010 is eight to old YAML; nobody means that
        with pytest.raises(terms_text.TermsInvalid):
            contract_from_yaml(text)


def test_only_the_contract_in_force_counts_in_the_hash() -> None:
    one = agreement(fixed_fee(), level(), per_point())
    other: dict[str, Any] = contract_to_plain(one)
    other["clauses"][2]["amount"] = "31416.01"
    assert terms_hash(contract_from_plain(other)) != terms_hash(one)
