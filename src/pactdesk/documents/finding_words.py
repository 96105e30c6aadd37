"""What a code of the linter means: its sentences, and the laws that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import Language, catalogue, fill, placeholders, text


class CodeUnknown(PactError):
    """The linter has no code `code`; those that look like it: `near`."""


@dataclass(frozen=True, slots=True)
class CodeWords:
    """The sentences of one code; figures of a single contract stand as …"""

    code: str
    title: str
    why: str
    law: str
    suggestion: str
    decides: str
    laws: tuple[str, ...]


def codes() -> tuple[str, ...]:
    """Every code, in the order of the catalogue."""
    return tuple(dict.fromkeys(key.split(".")[0] for key in catalogue("zh")["findings"]))


def code_words(code: str, language: Language) -> CodeWords:
    """What a code means.

    raises  CodeUnknown
    """
    wanted = code.upper()
    if wanted not in codes():
        near = [each for each in codes() if wanted and each.startswith(wanted.split("_")[0])]
        raise CodeUnknown(code=code, near=", ".join(near[:5]) or "—")
    parts = {part: _general(wanted, part, language) for part in _PARTS}
    return CodeWords(code=wanted, laws=_laws(wanted, language), **parts)


def said(code: str, part: str, facts: Mapping[str, str], language: Language) -> str:
    """One sentence of a finding, with its facts."""
    return text("findings", f"{code}.{part}", language, **facts)


def _laws(code: str, language: Language) -> tuple[str, ...]:
    """Name and date of each law that the Chinese sentence names: titles are exact there."""
    named = _general(code, "law", "zh")
    known = catalogue(language)["laws"]
    keys = [key.removesuffix(".name") for key in known if key.endswith(".name")]
    return tuple(
        known[f"{key}.about"] for key in keys if catalogue("zh")["laws"][f"{key}.name"] in named
    )


def _general(code: str, part: str, language: Language) -> str:
    template = catalogue(language)["findings"][f"{code}.{part}"]
    return fill(template, dict.fromkeys(placeholders(template), "…"), language)


_PARTS = ("title", "why", "law", "suggestion", "decides")
