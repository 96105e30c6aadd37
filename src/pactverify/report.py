"""What was checked, what failed, what was not checked; told in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pactverify.messages import UNCHECKED, sentence

VERIFIED, FAILED, UNUSABLE, NOT_AUTHENTICATED = 0, 1, 2, 3
_MOST_SHOWN = 20
_MARKS = {"ok": "✓", "failed": "✗", "skipped": "–"}


@dataclass(slots=True)
class Step:
    """One check: `status` is ok, failed or skipped (what it needs was not there)."""

    name: str
    status: str = "ok"
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Failure:
    """One thing that is wrong (or, as a note, must be known), found in a step."""

    step: str
    key: str
    facts: dict[str, Any]


@dataclass(slots=True)
class Report:
    """The result of `verify`.

    ok         every check that was asked for held
    authentic  so it did, and every checkpoint was signed by a key that the client trusts
    usable     False when the input could not be checked at all
    notes      what is no failure but must be known: demo keys, unsealed facts
    """

    ok: bool = False
    authentic: bool = False
    usable: bool = True
    steps: list[Step] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notes: list[Failure] = field(default_factory=list)
    unchecked: tuple[str, ...] = UNCHECKED

    @property
    def exit_code(self) -> int:
        """0 verified, 1 a check failed, 2 unusable input, 3 consistent but not authenticated."""
        if not self.usable or not self.ok:
            return FAILED if self.usable else UNUSABLE
        return VERIFIED if self.authentic else NOT_AUTHENTICATED

    def said(self, failure: Failure, language: str) -> str:
        """The sentence for a failure or note."""
        return sentence(failure.key, language, failure.facts)

    def text(self, language: str) -> str:
        """For people: a line for each step, the failures, the verdict, what was not checked."""
        return "\n".join(self._lines(language))

    def to_plain(self, language: str) -> dict[str, Any]:
        """For programs."""
        told = {"failures": self.failures, "notes": self.notes}
        return {
            "ok": self.ok,
            "authentic": self.authentic,
            "exit_code": self.exit_code,
            "verdict": sentence(f"verdict.{self.exit_code}", language, {}),
            "steps": [
                {"name": step.name, "status": step.status, "said": _said(step, language)}
                for step in self.steps
            ],
            **{
                name: [
                    {"step": each.step, "key": each.key, "said": self.said(each, language),
                     "facts": {fact: str(value) for fact, value in each.facts.items()}}
                    for each in held
                ]
                for name, held in told.items()
            },
            "unchecked": [sentence(key, language, {}) for key in self.unchecked],
        }  # fmt: skip

    def _lines(self, language: str) -> Iterator[str]:
        for step in self.steps:
            yield f"{_MARKS[step.status]} {_said(step, language)}"
            failed = [each for each in self.failures if each.step == step.name]
            yield from (f"    {self.said(each, language)}" for each in failed[:_MOST_SHOWN])
            if len(failed) > _MOST_SHOWN:
                yield "    " + sentence("more", language, {"count": len(failed) - _MOST_SHOWN})
        yield from (f"! {self.said(note, language)}" for note in self.notes)
        yield from (self.said(each, language) for each in self.failures if each.step == "input")
        yield "\n" + sentence(f"verdict.{self.exit_code}", language, {})
        if self.usable:
            yield sentence("unchecked", language, {})
            yield from (f"  - {sentence(key, language, {})}" for key in self.unchecked)


def _said(step: Step, language: str) -> str:
    title = sentence(f"step.{step.name}", language, {})
    counted = ", ".join(str(value) for value in step.facts.values())
    return f"{title}: {counted}" if counted else title
