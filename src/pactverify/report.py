"""What was checked, what failed, what was not checked; told in two languages."""

from dataclasses import asdict, dataclass, field
from typing import Any

from pactverify.canonical import Refused
from pactverify.messages import UNCHECKED, sentence

VERIFIED, FAILED, UNUSABLE, NOT_AUTHENTICATED = 0, 1, 2, 3
_MARKS = {"ok": "✓", "failed": "✗", "skipped": "–"}


@dataclass(slots=True)
class Step:
    """One check: `status` is ok, failed or skipped; `counted` says over what."""

    name: str
    status: str = "ok"
    counted: object = ""
    problems: list[Refused] = field(default_factory=list)

    def said(self, language: str) -> str:
        """Its title, with what was counted."""
        title = sentence(f"step.{self.name}", language, {})
        return title if self.counted == "" else f"{title}: {self.counted}"


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
        if not self.ok:
            return FAILED if self.usable else UNUSABLE
        return VERIFIED if self.authentic else NOT_AUTHENTICATED

    def said(self, failure: Failure, language: str) -> str:
        """The sentence for a failure or note."""
        return sentence(failure.key, language, failure.facts)

    def to_plain(self, language: str) -> dict[str, Any]:
        """For programs; what is no JSON value inside `facts` is meant as its text."""
        told = {"failures": self.failures, "notes": self.notes}
        said = {name: [{**asdict(each), "said": self.said(each, language)} for each in found]
                for name, found in told.items()}  # fmt: skip
        steps = [{"name": s.name, "status": s.status, "said": s.said(language)} for s in self.steps]
        verdict = sentence(f"verdict.{self.exit_code}", language, {})
        head = {"ok": self.ok, "authentic": self.authentic, "exit_code": self.exit_code}
        unchecked = [sentence(key, language, {}) for key in self.unchecked]
        return {**head, "verdict": verdict, "steps": steps, **said, "unchecked": unchecked}

    def text(self, language: str) -> str:
        """For people: a line for each step, the failures, the verdict, what was not checked."""
        lines: list[str] = []
        for step in [*self.steps, *([] if self.usable else [Step("input", "failed")])]:
            failed = [each for each in self.failures if each.step == step.name]
            lines.append(f"{_MARKS[step.status]} {step.said(language)}")
            lines += [f"    {self.said(failure, language)}" for failure in failed]
        lines += [f"! {self.said(note, language)}" for note in self.notes]
        lines.append("\n" + sentence(f"verdict.{self.exit_code}", language, {}))
        unchecked = [f"  - {sentence(key, language, {})}" for key in self.unchecked]
        return "\n".join([*lines, sentence("unchecked", language, {}), *unchecked])
