"""Every error and every text is said in both languages, with the same facts."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import LANGUAGES, Language, catalogue, placeholders


def test_every_error_has_its_own_name(error_classes: list[type[PactError]]) -> None:
    names = Counter(kind.__name__ for kind in error_classes)
    assert [name for name, count in names.items() if count > 1] == [], "sentences go by class name"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_sentence(
    error_classes: list[type[PactError]], language: Language
) -> None:
    sentences = catalogue(language)["errors"]
    silent = [
        f"{kind.__module__}.{kind.__name__}"
        for kind in error_classes
        if not kind.__subclasses__() and not any(base.__name__ in sentences for base in _own(kind))
    ]
    assert not silent, f"add them under `errors:` in messages/{language}/<area>.yaml"


def test_no_sentence_is_left_of_an_error_that_is_gone(
    error_classes: list[type[PactError]],
) -> None:
    names = {kind.__name__ for kind in error_classes} | {PactError.__name__}
    assert set(catalogue("zh")["errors"]) <= names


def test_both_languages_have_the_same_texts() -> None:
    chinese, english = (_keys(language) for language in LANGUAGES)
    assert chinese - english == set(), "English is missing"
    assert english - chinese == set(), "Chinese is missing"


def test_both_languages_name_the_same_facts() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    different = [
        f"{section}: {key}: {sorted(placeholders(text) ^ placeholders(english[section][key]))}"
        for section, texts in chinese.items()
        for key, text in texts.items()
        if placeholders(text) != placeholders(english[section][key])
    ]
    assert not different, "\n".join(different)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_and_every_error_is_a_full_sentence(language: Language) -> None:
    for section, texts in catalogue(language).items():
        for key, text in texts.items():
            assert text.strip(), f"{section}: {key}"
            if section == "errors":
                assert text.rstrip().endswith(("。", ".", "？", "?", "）", ")", "}")), (key, text)


def test_an_error_is_raised_with_every_fact_its_sentence_names(
    sources: Mapping[Path, ast.Module], error_classes: list[type[PactError]]
) -> None:
    wanted = {
        kind.__name__: placeholders(catalogue("zh")["errors"][kind.__name__])
        for kind in error_classes
        if kind.__name__ in catalogue("zh")["errors"] and kind.__init__ is PactError.__init__
    }
    missing = [
        f"{file}:{line}: {name} lacks {sorted(wanted[name] - given)}"
        for file, tree in sources.items()
        for line, name, given in _raised(tree)
        if wanted.get(name, frozenset()) - given
    ]
    assert not missing, "\n".join(missing)


def _own(kind: type[PactError]) -> tuple[type, ...]:
    return kind.__mro__[: kind.__mro__.index(PactError)]


def _keys(language: Language) -> set[str]:
    return {f"{section}: {key}" for section, texts in catalogue(language).items() for key in texts}


def _raised(tree: ast.Module) -> Iterator[tuple[int, str, frozenset[str]]]:
    """(line, class, keywords) of each error made with plain keywords."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=keywords):
                given = [keyword.arg for keyword in keywords]
                if None not in given:  # with **facts nobody can tell from here
                    yield node.lineno, name, frozenset(word for word in given if word)


def _recorded(tree: ast.Module) -> Iterator[str]:
    """What is written into the audit by name: `record(scope, "conversations.close", …)`."""
    named: dict[str, str] = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }
    calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call))
    for call in calls:
        is_entry = isinstance(call.func, ast.Name) and call.func.id in ("record", "record_once")
        if is_entry and len(call.args) > 1:
            verb = call.args[1]
            if isinstance(verb, ast.Constant):
                yield str(verb.value)
            elif isinstance(verb, ast.Name) and verb.id in named:
                yield named[verb.id]


def test_whoever_reads_the_audit_reads_words(sources: Mapping[Path, ast.Module]) -> None:
    recorded = {verb for tree in sources.values() for verb in _recorded(tree)}
    assert len(recorded) > 40
    silent = {verb for verb in recorded if f"verb.{verb}" not in catalogue("zh")["people"]}
    assert silent == set(), "add them under people.verb in messages/*/audit_words.yaml"
