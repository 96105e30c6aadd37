"""Every code has its page, and the pages say what the program says."""

from __future__ import annotations

import pytest
from scripts.write_findings import TARGET, pages, severities

from pactdesk.documents.finding_words import CodeUnknown, code_words, codes
from pactdesk.messages.catalogue import LANGUAGES


def test_the_pages_are_current() -> None:
    """If this fails, write them again: see the docstring of `scripts/write_findings.py`."""
    written = {file.name: file.read_text("utf-8") for file in TARGET.glob("*.md")}
    assert written == pages()


def test_every_code_can_be_found_by_a_rule_and_every_rule_has_a_page() -> None:
    assert set(severities()) == set(codes())
    assert all(severities().values())


@pytest.mark.parametrize("code", codes())
def test_a_code_tells_why_by_what_law_and_who_decides(code: str) -> None:
    for language in LANGUAGES:
        told = code_words(code, language)
        assert all((told.title, told.why, told.law, told.suggestion, told.decides))


@pytest.mark.parametrize("code", codes())
def test_a_law_is_named_with_its_date_in_both_languages(code: str) -> None:
    chinese, english = (code_words(code, language).laws for language in LANGUAGES)
    assert len(chinese) == len(english)
    assert all(any(c.isdigit() for c in law) for law in (*chinese, *english))


def test_an_unknown_code_is_told_what_is_near() -> None:
    with pytest.raises(CodeUnknown) as told:
        code_words("arb_then_lot", "zh")
    assert "ARB_THEN_LIT" in str(told.value.facts["near"])
