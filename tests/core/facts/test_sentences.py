"""Every error about facts, logs and keys has a sentence in both languages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pytest

import pactdesk.core.facts
from pactdesk.core.facts.fields import FactFieldWrong
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import ZoneMissing
from pactdesk.messages.catalogue import LANGUAGES, Language, catalogue, placeholders, say

GATEWAYS = ("filelog", "filelog_read", "filelog_write", "keys")


def errors() -> Iterator[type[PactError]]:
    names = [found.name for found in pkgutil.iter_modules(pactdesk.core.facts.__path__)]
    modules = [f"pactdesk.core.facts.{name}" for name in names]
    modules += [
        f"pactdesk.gateways.{name}" for name in ("filelog", "filelog_read", "filelog_write", "keys")
    ]
    for module in map(importlib.import_module, modules):
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, PactError) and found.__module__ == module.__name__:
                yield found


@pytest.mark.parametrize("error", list(errors()), ids=lambda error: error.__name__)
def test_every_error_has_one_sentence_with_the_same_facts_in_each_language(
    error: type[PactError],
) -> None:
    sentences = [catalogue(language)["errors"][error.__name__] for language in LANGUAGES]
    assert len({placeholders(sentence) for sentence in sentences}) == 1
    # The facts that a sentence shows are those the class describes, in `backticks`.
    described = set(re.findall(r"`(\w+)`", error.__doc__ or ""))
    assert placeholders(sentences[0]) <= described


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_field_is_said_with_kind_field_value_and_what_it_must_be(
    language: Language,
) -> None:
    error = FactFieldWrong(kind="rating", field="score", value="6", expected="int <= 5")
    sentence = say(error, language)
    assert all(word in sentence for word in ("rating", "score", "6", "int <= 5"))
    assert "+08:00" in say(ZoneMissing(text="2026-09-01T09:00:00"), language)
