"""The message catalogue: `messages/{zh,en}/<area>.yaml`, merged and filled in.

A file holds sections (`errors`, `findings`, `labels`, `trace` …), a section holds keys, a key
holds one text with `{placeholders}`; a mapping inside a section adds its name and a dot to the
key (`labels: {level: {met: …}}` is section "labels", key "level.met"). Each area of the code
has its own file; two files that give the same key are an error, so nobody overwrites anybody.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Literal, get_args

import yaml

from pactdesk.core.units.errors import PactError

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_JOINERS: Mapping[Language, str] = {"zh": "、", "en": ", "}
_LOCALE_NAMES = ("PACTDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class MessageGap(ResourceWarning):
    """A text, or a value for one of its placeholders, is missing.

    A ResourceWarning, because Python keeps those from users (who see the key or the
    placeholder instead), while the test suite turns every warning into a failure.
    """


class CatalogueBroken(Exception):
    """A catalogue file cannot be used; names the file and the line. For developers only."""


def say(error: PactError, language: Language) -> str:
    """The sentence for `error`: what happened, where, what to do.

    A subclass without its own sentence uses its parent's; `PactError` itself has one, which
    shows the class and its facts.

    >>> from pactdesk.core.units.money import AmountUnreadable
    >>> say(AmountUnreadable(text="12,5"), "zh")
    '“12,5”不是可读的金额；请写成 1203.40 这样的小数。'
    """
    sentences = catalogue(language)["errors"]
    for kind in type(error).__mro__:
        if kind is PactError:
            _gap(f"no sentence for {type(error).__name__} in errors, {language}")
        if kind.__name__ in sentences:
            facts = error.facts
            if kind is PactError:
                facts = {"error": type(error).__name__, "facts": str(error)}
            return fill(sentences[kind.__name__], facts, language)
    return f"{type(error).__name__}: {error}"


def text(section: str, key: str, language: Language, /, **values: object) -> str:
    """The text under `key` of `section`, filled in; an unknown key comes back as itself.

    >>> text("language", "name", "en")
    'English'
    """
    template = catalogue(language).get(section, {}).get(key)
    if template is None:
        _gap(f"no text for {section}: {key}, {language}")
        return key
    return fill(template, values, language)


def has_text(section: str, key: str, language: Language) -> bool:
    """Whether `text` would find it."""
    return key in catalogue(language).get(section, {})


def language_of(environ: Mapping[str, str]) -> Language:
    """The user's language: PACTDESK_LANG, else the locale; Chinese unless it is English.

    >>> language_of({"LANG": "en_GB.UTF-8"}), language_of({"LANG": "C"}), language_of({})
    ('en', 'zh', 'zh')
    """
    chosen = next((environ[name] for name in _LOCALE_NAMES if environ.get(name)), "")
    return "en" if chosen.lower().startswith("en") else "zh"


@cache
def catalogue(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Section → key → text, of all files of `language`; read once.

    raises  CatalogueBroken
    """
    sections: dict[str, dict[str, str]] = {"errors": {}}
    folder = files("pactdesk.messages") / language
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".yaml"):
            merge(sections, f"{language}/{file.name}", file.read_text(encoding="utf-8"))
    return MappingProxyType(sections)


def merge(sections: dict[str, dict[str, str]], name: str, yaml_text: str) -> None:
    """Add the texts of one file to `sections`.

    raises  CatalogueBroken: not YAML, not texts under sections, or a key given before
    """
    try:
        # The loader without types: "yes", "no", "on" and "1" are keys and texts here.
        root = yaml.compose(yaml_text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as problem:
        raise CatalogueBroken(f"{name}: {problem}") from problem
    for section, node in _children(name, root):
        keys = sections.setdefault(section, {})
        for key, leaf in _leaves(name, node, ""):
            if key in keys:
                raise CatalogueBroken(f"{_place(name, leaf)}: {section}: {key} is given twice")
            keys[key] = leaf.value


def fill(template: str, values: Mapping[str, object], language: Language) -> str:
    """`template` with its `{placeholders}` replaced; one without a value stays as it is.

    Values are shown plainly: a sequence as a list in words, an error as its own sentence.

    >>> fill("缺少 {names}。", {"names": ("甲", "乙")}, "zh")
    '缺少 甲、乙。'
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as problem:
        _gap(f"unreadable text {template!r}: {problem}")
        return template
    filled = []
    for literal, name, _, _ in parts:
        filled.append(literal)
        if name is None:
            continue
        if name in values:
            filled.append(_plain(values[name], language))
        else:
            _gap(f"no value for {{{name}}} in {template!r}")
            filled.append(f"{{{name}}}")
    return "".join(filled)


def placeholders(template: str) -> frozenset[str]:
    """The names that `fill` wants.

    >>> sorted(placeholders("{file}, line {line}: {{literally}}"))
    ['file', 'line']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _plain(value: object, language: Language) -> str:
    if isinstance(value, PactError):
        return say(value, language)
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return _JOINERS[language].join(_plain(item, language) for item in items)
    return str(value)


def _leaves(name: str, node: yaml.Node, prefix: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    for key, child in _children(name, node):
        if isinstance(child, yaml.ScalarNode):
            yield prefix + key, child
        else:
            yield from _leaves(name, child, f"{prefix}{key}.")


def _children(name: str, node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        raise CatalogueBroken(f"{_place(name, node)}: keys with texts are expected here")
    for key, child in node.value:
        yield key.value, child


def _place(name: str, node: yaml.Node) -> str:
    return f"{name}, line {node.start_mark.line + 1}"


def _gap(what: str) -> None:
    warnings.warn(what, MessageGap, stacklevel=3)
