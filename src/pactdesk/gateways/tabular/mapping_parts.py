"""A mapping file as a tree of texts, walked strictly: every part is known, and named in errors.

All scalars stay texts. YAML itself would read 0:00:00 as a number, NO as false, and 007 as 7.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from pactdesk.core.units.errors import PactError

Tree = str | list["Tree"] | dict[str, "Tree"]
"""YAML without types."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class MappingUnreadable(PactError):
    """The mapping `file` is not YAML: `problem`, at line `line`."""


class MappingKeyTwice(PactError):
    """The mapping `file` has `key` twice in one place, at line `line`."""


class MappingPartMissing(PactError):
    """In the mapping `file`, nothing stands at `path`."""


class MappingPartUnknown(PactError):
    """In the mapping `file`, nothing is called `path`; `known` lists what is."""


class MappingPartWrong(PactError):
    """In the mapping `file`, `given` stands at `path`, where `expected` must."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a mapping file."""

    file: str
    path: str
    tree: Tree

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.tree, str) or not self.tree:
            raise self.wrong('"…"')
        return self.tree

    def any_text(self) -> str:
        """A text, perhaps empty."""
        if not isinstance(self.tree, str):
            raise self.wrong('"…"')
        return self.tree

    def texts(self) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        if isinstance(self.tree, str):
            return (self.text(),)
        return tuple(each.any_text() for each in self.items())

    def items(self) -> Iterator[Part]:
        """The members of a list that is not empty."""
        if not isinstance(self.tree, list) or not self.tree:
            raise self.wrong("[…, …]")
        for index, tree in enumerate(self.tree):
            yield Part(self.file, f"{self.path}[{index}]", tree)

    def members(self) -> Iterator[tuple[str, Part]]:
        """The keys of an object that is not empty, whatever they are."""
        if not isinstance(self.tree, dict) or not self.tree:
            raise self.wrong("{…: …}")
        for key, tree in self.tree.items():
            yield key, Part(self.file, f"{self.path}.{key}".lstrip("."), tree)

    def named(self, required: str, optional: str = "") -> Mapping[str, Part]:
        """The members of an object with exactly these keys (names between spaces).

        raises  MappingPartMissing, MappingPartUnknown, MappingPartWrong
        """
        found = dict(self.members())
        names = [*required.split(), *optional.split()]
        for key, part in found.items():
            if key not in names:
                raise MappingPartUnknown(file=self.file, path=part.path, known=", ".join(names))
        for key in required.split():
            if key not in found:
                path = f"{self.path}.{key}".lstrip(".")
                raise MappingPartMissing(file=self.file, path=path)
        return found

    def wrong(self, expected: str) -> MappingPartWrong:
        """The error that says what must stand here."""
        given = self.tree if isinstance(self.tree, str) else str(self.tree)
        return MappingPartWrong(
            file=self.file, path=self.path or ".", given=given[:80], expected=expected
        )


def parsed(text: str, file: str) -> Part:
    """The whole file; texts in NFC, as the tables are.

    raises  MappingUnreadable, MappingKeyTwice
    """
    try:
        root = yaml.compose(unicodedata.normalize("NFC", text), Loader=_LOADER)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        said = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        line = mark.line + 1 if mark else 1
        raise MappingUnreadable(file=file, line=line, problem=said) from None
    return Part(file, "", _tree(root, file) if root is not None else "")


def _tree(node: yaml.Node, file: str) -> Tree:
    if isinstance(node, yaml.SequenceNode):
        return [_tree(child, file) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        members: dict[str, Tree] = {}
        for key, child in node.value:
            name = str(key.value)
            if name in members:
                line = key.start_mark.line + 1
                raise MappingKeyTwice(file=file, line=line, key=name)
            members[name] = _tree(child, file)
        return members
    return str(node.value)
