"""The log knows personal texts only by their commitments."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import Json
from pactdesk.core.facts.commitments import (
    CommitmentMismatch,
    PersonalField,
    PersonalFieldMalformed,
    PersonalFieldUnknown,
    SaltTooShort,
    check_personal_field,
    commitment,
    from_personal_record,
    to_personal_record,
)
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import InteractionClosed
from pactdesk.core.units.instants import Instant

SALT = bytes(range(16))
NAME = PersonalField("chat", "m-1", "name", SALT.hex(), "张三")


def fact_with(personal: dict[str, str]) -> Fact:
    return Fact.of(
        InteractionClosed("i-1"),
        contract_id="c",
        source="chat",
        event_id="m-1",
        occurred_at=Instant(0),
        personal=personal,
    )


FACT = fact_with({"name": NAME.commitment})

ascii_texts = st.text(st.characters(codec="ascii"))


@given(st.binary(min_size=16), st.binary(min_size=16), ascii_texts, ascii_texts)
def test_another_text_or_salt_is_another_commitment(
    salt: bytes, other_salt: bytes, text: str, other: str
) -> None:
    same = (salt, text) == (other_salt, other)
    assert (commitment(salt, text) == commitment(other_salt, other)) is same


def test_a_text_is_checked_against_its_fact() -> None:
    check_personal_field(NAME, FACT)
    for wrong in (replace(NAME, value="李四"), replace(NAME, salt_hex="00" * 16)):
        with pytest.raises(CommitmentMismatch):
            check_personal_field(wrong, FACT)
    for stray in (replace(NAME, event_id="m-2"), replace(NAME, field="phone")):
        with pytest.raises(PersonalFieldUnknown):
            check_personal_field(stray, FACT)


def test_a_salt_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SaltTooShort):
        commitment(bytes(15), "张三")


def test_a_personal_line_is_read_back_or_refused() -> None:
    record = to_personal_record(NAME)
    assert from_personal_record(dict(record)) == NAME
    broken: list[Json] = [
        {**record, "salt": "xyz"},
        {**record, "value": 1},
        {**record, "more": "x"},
        [],
    ]
    for wrong in broken:
        with pytest.raises(PersonalFieldMalformed):
            from_personal_record(wrong)
