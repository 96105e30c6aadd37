"""The chat window's script: one file that a merchant's page loads by one tag.

It is put together once per process out of the modules in `script/`, the words of the catalogue and
the style sheet. The modules are ES modules for those who read and check them; in the one file their
imports fall away, for a script that may be put anywhere cannot be a module with neighbours.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pactdesk.messages.catalogue import LANGUAGES, catalogue

# Each after those that it takes something from.
MODULES = (
    "place",
    "dom",
    "time",
    "door",
    "talk",
    "lines",
    "rating",
    "hours",
    "composer",
    "panel",
    "main",
)

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|let|class|function|async)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//[^\n]*\n|^[ \t]*/\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_NOT_NEEDED = re.compile(r"^[ \t]+|^\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The script as it is sent.

    tag  changes with every byte of it
    """

    plain: bytes
    zipped: bytes
    tag: str


@cache
def bundle(live_url: str) -> Bundle:
    """The script that talks to the live door at `live_url`."""
    said = {
        "LIVE_URL": live_url.rstrip("/"),
        "WORDS": {language: dict(catalogue(language)["widget"]) for language in LANGUAGES},
        "STYLE": _without_space(_part("widget.css")),
    }
    constants = "".join(
        f"const {name}={json.dumps(value, ensure_ascii=False)};\n" for name, value in said.items()
    )
    modules = "".join(_inside(_part(f"{name}.js")) for name in MODULES)
    plain = f'(()=>{{"use strict";\n{constants}{modules}}})();\n'.encode()
    digest = hashlib.sha256(plain).hexdigest()[:20]
    return Bundle(plain, gzip.compress(plain, 9, mtime=0), f'"{digest}"')


def _part(name: str) -> str:
    return (files("pactdesk.web.widget") / "script" / name).read_text(encoding="utf-8")


def _inside(module: str) -> str:
    """A module as a part of the one file.

    >>> _inside("import { a } from './a.js';\\n\\n// Why.\\nexport const b = a;\\n")
    'const b = a;\\n'
    """
    bare = _EXPORT.sub("", _IMPORT.sub("", module))
    return _NOT_NEEDED.sub("", _COMMENT.sub("", bare))


def _without_space(style: str) -> str:
    """The style sheet without comments and line ends."""
    return re.sub(r"\s*\n\s*", "", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
