"""The blanks of a draft as questions, and what people write as answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from re import fullmatch
from typing import Any

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import (
    ChoiceUnknown,
    DateUnreadable,
    NumberUnquoted,
    NumberUnreadable,
    TermsInvalid,
    plain_yaml,
)
from pactdesk.core.units.errors import PactError
from pactdesk.documents.explain.names import Names
from pactdesk.documents.term_words import TermWords
from pactdesk.messages.catalogue import has_text, say, text
from pactdesk.web.ui.words import page_language

LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One blank.

    path      as the terms name it: fee-1.unit_price
    printed   what stands there on the paper, or why it is open
    answer    what somebody wrote, else the suggestion, for a person to take or to change
    problem   why the answer cannot stand
    """

    path: str
    label: str
    printed: str
    answer: str
    is_suggested: bool = False
    problem: str = ""


def questions(
    draft: Contract, answers: dict[str, str] | None = None, problems: dict[str, str] | None = None
) -> list[Question]:
    """What the draft leaves open, in the paper's order."""
    said, wrong = answers or {}, problems or {}
    return [
        _question(draft, path, blank, said.get(path), wrong.get(path, ""))
        for path, blank in draft.blanks()
    ]


def answered(draft: Contract, answers: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """path → value of every answer that can stand, and path → sentence of those that cannot.

    Each is tried alone, so that one slip keeps no other answer out.
    """
    taken: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for path, _ in draft.blanks():
        said = answers.get(path, "").strip()
        if not said:
            continue
        try:
            draft, taken[path] = _with(draft, path, said)
        except PactError as problem:
            problems[path] = _why_not(problem)
    return taken, problems


def _with(draft: Contract, path: str, said: str) -> tuple[Contract, Any]:
    """The draft with the answer, and its value: the first reading of the text that the field takes.

    raises  what the plainest reading does
    """
    first: PactError | None = None
    for value in _readings(said[:LONGEST_ANSWER]):
        try:
            return filled(draft, {"answers": {path: value}}, path), value
        except PactError as problem:
            first = first or problem
    assert first is not None  # noqa: S101  there is at least one reading
    raise first


def _why_not(problem: PactError) -> str:
    """What the field takes; the file's own sentence is for people who edit the file."""
    facts, language = problem.facts, page_language()
    if isinstance(problem, DateUnreadable):
        return text("clients", "takes.day", language)
    if isinstance(problem, NumberUnreadable | NumberUnquoted):
        return text("clients", "takes.number", language)
    if isinstance(problem, ChoiceUnknown):
        return text("clients", "takes.choice", language, choices=facts.get("expected", ""))
    if isinstance(problem, TermsInvalid) and "integer" in str(facts.get("problem", "")):
        return text("clients", "takes.count", language)
    return say(problem, language)


def _readings(said: str) -> Iterator[object]:
    """As it stands; 90% as a share; then as a terms file would write it: 6, true, {unit: …}."""
    yield said
    percent = fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?[%％]", said)
    if percent:
        yield format(Decimal(percent[1]).scaleb(-2), "f")
    try:
        yield plain_yaml(said, "")
    except PactError:
        return


def _question(
    draft: Contract, path: str, blank: Blank, answer: str | None, problem: str
) -> Question:
    suggested = _written(blank.suggested)
    return Question(
        path=path,
        label=_label(draft, path),
        printed=blank.blank,
        answer=suggested if answer is None else answer,
        is_suggested=bool(suggested),
        problem=problem,
    )


def _label(draft: Contract, path: str) -> str:
    """第 4.2 条 · 人员单价; a field without a word is named as the terms name it."""
    language = page_language()
    clause, *fields = path.split(".")
    named = [
        TermWords(language).field_name(each) if has_text("fields", each, language) else each
        for each in fields
        if not each.isdigit()
    ]
    return " · ".join([Names(draft, language).clause_number(clause), *named])


def _written(suggested: object) -> str:
    if suggested is None:
        return ""
    return suggested if isinstance(suggested, str) else json.dumps(suggested, ensure_ascii=False)
